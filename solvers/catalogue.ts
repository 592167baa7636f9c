import { NashlabError } from '../src/core/errors.ts';
import { unknownName } from '../src/core/names.ts';
import { parameterNames } from '../src/solve/params.ts';
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

/** A parameter that its solver does not know: the same error, with the solvers that do. */
export function withOwners(error: unknown): unknown {
  if (!(error instanceof NashlabError) || error.parts.unknown === undefined) return error;
  const { unknown: parameter, expected, ...parts } = error.parts;
  const owners = Object.values(solvers).filter((solver) => parameterNames(solver).includes(parameter));
  if (owners.length === 0) return error;
  const names = owners.map(({ name }) => name).join(', ');
  return new NashlabError(error.code, { ...parts, expected: `${expected}; "${parameter}" is a parameter of ${names}` });
}

/** The solver of a name or of another spelling of it, if there is one. */
export function knownSolver(name: string): AnySolver | undefined {
  if (Object.hasOwn(solvers, name)) return solvers[name];
  return Object.values(solvers).find((solver) => solver.aliases?.includes(name));
}

/** The same; throws `unknown-name` with the nearest names. */
export function solverNamed(name: string, where?: string): AnySolver {
  const found = knownSolver(name);
  if (found !== undefined) return found;
  throw unknownName('solver', name, Object.keys(solvers), where);
}
