import { catalogueGame } from '../../games/catalogue.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { instance } from '../../src/solve/instance.ts';
import { resolveParams } from '../../src/solve/params.ts';
import type { Instance } from '../../src/solve/problem.ts';
import { isDirect, type Solver } from '../../src/solve/solver.ts';

/** The solvers whose step the peers have written out. */
export const solverNames = ['mirror-descent', 'extragradient'] as const;
export type SolverName = (typeof solverNames)[number];

/** Payoff units; the temperature of both tables. */
export const temperature = 0.1;

/** What is stepped: a random game, a random start, the solver's default step size. */
export interface Workload {
  readonly solverName: SolverName;
  readonly size: number;
  readonly instance: Instance;
  readonly solver: Solver<unknown>;
  /** P, row-major `[A, A]`. */
  readonly matrix: Float64Array;
  /** Log-probabilities, `[A]`. */
  readonly start: Float64Array;
  readonly reference: Float64Array;
  /** Weights 1 − ητ, ητ and η of centre, log ρ and payoffs. */
  readonly keep: number;
  readonly pull: number;
  readonly push: number;
}

/** `random:n=size,seed=…` with the start of the stream (seed, 'start', 0); the same numbers for every contender. */
export function workload(solverName: SolverName, size: number, seed: string): Workload {
  const game = catalogueGame(`random:n=${size},seed=${seed}`);
  const placed = instance(game, { temperature, seeds: [seed] });
  const definition = solverNamed(solverName);
  if (isDirect(definition)) throw new Error(`${solverName} does not iterate`);
  const params = resolveParams(definition, {}, placed, 1);
  const push = Number(params.stepSize);
  const pull = push * temperature;
  return {
    solverName,
    size,
    instance: placed,
    solver: definition.make(params),
    matrix: game.matrices[0].values,
    start: placed.start[0],
    reference: placed.reference[0],
    keep: 1 - pull,
    pull,
    push,
  };
}
