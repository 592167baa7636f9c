import { unknownName } from '../src/core/names.ts';
import type { AnySolver } from '../src/solve/solver.ts';
import { inpo } from './choices.ts';
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
  inpo,
  'nash-md': nashMd,
  extragradient,
  'mirror-prox': mirrorProx,
  optimistic,
  exact,
};

/** The solver of a name or of another spelling of it. */
export function solverNamed(name: string, where?: string): AnySolver {
  if (Object.hasOwn(solvers, name)) return solvers[name];
  const meant = Object.values(solvers).find((solver) => solver.aliases?.includes(name));
  if (meant !== undefined) return meant;
  throw unknownName('solver', name, Object.keys(solvers), where);
}
