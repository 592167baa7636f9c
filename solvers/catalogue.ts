import { NashlabError } from '../src/core/errors.ts';
import { unknownName } from '../src/core/names.ts';
import type { AnySolver } from '../src/solve/solver.ts';
import { exact } from './exact.ts';
import { extragradient } from './extragradient.ts';
import { hedge } from './hedge.ts';
import { mirrorDescent } from './mirror-descent.ts';
import { mirrorProx } from './mirror-prox.ts';
import { nashMd } from './nash-md.ts';
import { optimistic } from './optimistic.ts';

/** Every solver by its name. */
export const solvers: Readonly<Record<string, AnySolver>> = {
  hedge,
  'mirror-descent': mirrorDescent,
  'nash-md': nashMd,
  extragradient,
  'mirror-prox': mirrorProx,
  optimistic,
  exact,
};

/** The solver of a name; an alias of the literature is answered with the catalogue's name for it. */
export function solverNamed(name: string, where?: string): AnySolver {
  if (Object.hasOwn(solvers, name)) return solvers[name];
  const meant = Object.values(solvers).find((solver) => solver.aliases?.includes(name));
  if (meant !== undefined)
    throw new NashlabError('unknown-name', {
      what: `"${name}" is listed as "${meant.name}"`,
      where,
      expected: meant.name,
    });
  throw unknownName('solver', name, Object.keys(solvers), where);
}
