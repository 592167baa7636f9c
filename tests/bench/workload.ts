import { matrixGame } from '../../games/matrix-game.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { resolveParams } from '../../src/solve/params.ts';
import type { Instance } from '../../src/solve/problem.ts';
import { isDirect, type Solver } from '../../src/solve/solver.ts';
import { type RandomMatrices, randomMatrices } from './random-matrix.ts';

/** The solvers whose step the peers have written out. */
export const solverNames = ['mirror-descent', 'extragradient'] as const;
export type SolverName = (typeof solverNames)[number];

/** Payoff units; the temperature of every table. */
export const temperature = 0.1;

/** What is stepped, in words and numbers. */
export interface Shape {
  readonly solver: SolverName;
  /** Actions K. */
  readonly size: number;
  /** Runs B. */
  readonly runs: number;
  /** One matrix for all runs, or one each. */
  readonly matrices: 'shared' | 'own';
}

/** A random game, random starts, the solver's default step size; the same numbers for every contender. */
export interface Workload extends Shape {
  readonly instance: Instance;
  readonly definition: Solver<unknown>;
  readonly payoffs: RandomMatrices;
  /** Log-probabilities, `[B, K]`. */
  readonly start: Float64Array;
  /** Log-probabilities, `[K]`. */
  readonly reference: Float64Array;
  /** Weights 1 − ητ, ητ and η of centre, log ρ and payoffs. */
  readonly keep: number;
  readonly pull: number;
  readonly push: number;
}

/** Above this many actions the game makes its matrix when it is placed and does not keep it. */
const keptSize = 2048;

function gameOf(payoffs: RandomMatrices, name: string): Game {
  const { size, draws } = payoffs;
  if (size <= keptSize)
    return matrixGame({
      name,
      kind: 'preference',
      sum: 'constant',
      draws,
      matrices: [{ rows: size, columns: size, values: payoffs.whole() }],
    });
  return {
    name,
    kind: 'preference',
    labels: [Array.from({ length: size }, (_, action) => String(action + 1))],
    roleOf: [0, 0],
    actions: [size],
    draws,
    sum: 'constant',
    payoffSpan: 1,
    place(ops) {
      const matrix = ops.tensor(payoffs.whole(), [draws, size, size]);
      return { tensors: [matrix], payoffs: (seat, policies) => ops.matVec(matrix, policies[1 - seat]) };
    },
  };
}

/** The workload of a shape; equal for equal seeds. */
export function workload(shape: Shape, seed: string): Workload {
  const { solver, size, runs, matrices } = shape;
  const payoffs = randomMatrices(size, matrices === 'own' ? runs : 1, seed);
  const seeds = Array.from({ length: runs }, (_, run) => `${seed}/${run}`);
  const placed = instance(gameOf(payoffs, `uniform preferences, ${size} actions`), { temperature, seeds });
  const definition = solverNamed(solver);
  if (isDirect(definition)) throw new Error(`${solver} does not iterate`);
  const params = resolveParams(definition, {}, placed, 1);
  const push = Number(params.stepSize);
  const pull = push * temperature;
  return {
    ...shape,
    instance: placed,
    definition: definition.make(params),
    payoffs,
    start: placed.start[0],
    reference: placed.reference[0],
    keep: 1 - pull,
    pull,
    push,
  };
}
