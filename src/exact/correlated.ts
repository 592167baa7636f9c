import { NashlabError } from '../core/errors.ts';
import { sizesText } from '../core/sizes.ts';
import { type CutSimplex, cutScores, incentiveSize, incentives } from './cut-simplex.ts';
import { coarseCorrelatedGap, correlatedGap, type DeviationGains } from './deviation-gains.ts';
import { entropyOf, largestEntropy } from './largest-entropy.ts';
import { solveProgram } from './linear-program.ts';
import { checkPayoffArrays, jointActions, type PayoffArrays } from './payoff-arrays.ts';

/**
 * What is made as large as the equilibria allow: the sum of payoffs, the smallest payoff of a player, the entropy, the payoff
 * of one player (counted from 0), or the mean of a value per joint action.
 */
export type CorrelatedObjective =
  | 'welfare'
  | 'egalitarian'
  | 'entropy'
  | { readonly player: number }
  | { readonly values: ArrayLike<number> };

export interface CorrelatedOptions {
  /** Coarse correlated equilibria instead. */
  readonly coarse?: boolean;
  /** Default: welfare. */
  readonly objective?: CorrelatedObjective;
}

/** A correlated or coarse correlated equilibrium, with its certificate. */
export interface CorrelatedEquilibrium {
  /** Probabilities of the joint actions, `[A_0·…·A_{n−1}]`, row-major. */
  readonly joint: Float64Array;
  /** Expected payoff per player. */
  readonly payoffs: readonly number[];
  /** The objective here: in payoff units, or nats for the entropy. */
  readonly value: number;
  /** Proven by the multipliers: no equilibrium of the kind has a larger value (but for rounding). */
  readonly bound: number;
  /** What the players gain by deviating from `joint`, measured on it: the certificate that it is an equilibrium. */
  readonly gains: DeviationGains;
  readonly method: string;
}

/** Incentive constraints are refused above this many entries, and the entropy above this many constraints. */
export const incentiveLimit = 4_000_000;
export const entropyLimit = 1_000;

function checkSize(game: PayoffArrays, coarse: boolean, entropy: boolean): void {
  const { rows, entries } = incentiveSize(game, coarse);
  const kind = coarse ? 'coarse correlated' : 'correlated';
  const size = `the ${kind} equilibria of ${sizesText(game.actions)} actions`;
  if (entries > incentiveLimit)
    throw new NashlabError('too-large', {
      what: `${size}, a program of ${entries} incentives`,
      expected: `at most ${incentiveLimit}; no-regret solvers approach them for games of any size`,
    });
  if (entropy && rows > entropyLimit)
    throw new NashlabError('too-large', {
      what: `the largest entropy of ${size}, under ${rows} constraints`,
      expected: `at most ${entropyLimit} constraints; the other objectives have no such limit`,
    });
}

/** Values per joint action, several where the smallest of their means counts. */
function targetsOf(game: PayoffArrays, objective: Exclude<CorrelatedObjective, 'entropy'>): Float64Array[] {
  const { payoffs, actions } = game;
  if (objective === 'egalitarian') return [...payoffs];
  if (objective === 'welfare') return [payoffs[0].map((_, s) => payoffs.reduce((sum, values) => sum + values[s], 0))];
  if ('player' in objective) {
    const values = payoffs[objective.player];
    if (values !== undefined) return [values];
    throw new NashlabError('bad-parameter', {
      what: `player ${objective.player}`,
      where: 'objective',
      expected: `a whole number from 0 to ${actions.length - 1}`,
    });
  }
  const values = Float64Array.from(objective.values);
  if (values.length === jointActions(game) && values.every(Number.isFinite)) return [values];
  throw new NashlabError('bad-parameter', {
    what: `${values.length} values per joint action`,
    where: 'objective',
    expected: `${jointActions(game)} finite numbers, in row-major order of ${actions.join(' × ')}`,
  });
}

function mean(values: Float64Array, joint: Float64Array): number {
  return values.reduce((sum, value, s) => sum + value * joint[s], 0);
}

/** Largest v with target·p ≥ v for every target: the distribution, and a bound on v that its multipliers prove. */
async function largestTarget(
  cut: CutSimplex,
  targets: readonly Float64Array[],
  what: string,
): Promise<{ joint: Float64Array; bound: number }> {
  let [low, high] = [Infinity, -Infinity];
  for (const target of targets)
    for (const value of target) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  const scale = high > low ? high - low : 1;
  const { size, rows } = cut;
  const perColumn = targets.length + 1;
  const entries = cut.starts[size] + size * perColumn + targets.length;
  const starts = new Int32Array(size + 2);
  const indices = new Int32Array(entries);
  const values = new Float64Array(entries);
  let filled = 0;
  const put = (row: number, value: number): void => {
    indices[filled] = row;
    values[filled++] = value;
  };
  for (let s = 0; s < size; s++) {
    starts[s] = filled;
    for (let k = cut.starts[s]; k < cut.starts[s + 1]; k++) put(cut.indices[k], cut.values[k]);
    targets.forEach((target, i) => {
      const value = (target[s] - low) / scale;
      if (value !== 0) put(rows + i, value);
    });
    put(rows + targets.length, 1);
  }
  starts[size] = filled;
  targets.forEach((_, i) => {
    put(rows + i, -1);
  });
  starts[size + 1] = filled;
  const last = rows + targets.length;
  const { primal, duals } = await solveProgram(
    {
      costs: Float64Array.from({ length: size + 1 }, (_, c) => (c === size ? 1 : 0)),
      lower: Float64Array.from({ length: size + 1 }, (_, c) => (c === size ? -Infinity : 0)),
      upper: new Float64Array(size + 1).fill(Infinity),
      rowLower: Float64Array.from({ length: last + 1 }, (_, r) => (r === last ? 1 : 0)),
      rowUpper: Float64Array.from({ length: last + 1 }, (_, r) => (r === last ? 1 : Infinity)),
      starts,
      indices: indices.subarray(0, filled),
      values: values.subarray(0, filled),
    },
    what,
  );
  const clipped = primal.subarray(0, size).map((p) => Math.max(0, p));
  const total = clipped.reduce((sum, p) => sum + p, 0);
  // Whatever multipliers: min over targets ≤ Σ λ·target ≤ max_s [Σ λ·target(s) + (Gᵀy)_s] for every p with G·p ≥ 0.
  const weights = duals.subarray(rows, last).map(Math.abs);
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const scores = cutScores(cut, duals.subarray(0, rows).map(Math.abs));
  let bound = -Infinity;
  for (let s = 0; s < size; s++) {
    const target = targets.reduce((sum, each, i) => sum + (weights[i] / weightSum) * each[s], 0);
    bound = Math.max(bound, target + scale * scores[s]);
  }
  return { joint: clipped.map((p) => p / total), bound };
}

/**
 * A correlated equilibrium (Aumann 1974), or a coarse one (Moulin and Vial 1978), of a finite game of any number of players
 * that is best in an objective: by a linear program, or for the entropy by Newton's method on the incentives' multipliers.
 * The largest entropy is attained once; other objectives may be attained by several equilibria, of which one is given.
 * @param game payoff arrays, row-major; see `payoffArrays`.
 * @throws `bad-game` and `bad-parameter` naming what does not fit, `too-large` beyond 4,000,000 incentives (the entropy:
 * beyond 1,000 constraints).
 */
export async function correlatedEquilibrium(
  game: PayoffArrays,
  options: CorrelatedOptions = {},
): Promise<CorrelatedEquilibrium> {
  const { coarse = false, objective = 'welfare' } = options;
  checkPayoffArrays(game);
  checkSize(game, coarse, objective === 'entropy');
  const what = `the ${coarse ? 'coarse correlated' : 'correlated'} equilibria of ${sizesText(game.actions)} actions`;
  const cut = incentives(game, coarse);
  const finish = (joint: Float64Array, value: number, bound: number, method: string): CorrelatedEquilibrium => ({
    joint,
    payoffs: game.payoffs.map((values) => mean(values, joint)),
    value,
    bound,
    gains: (coarse ? coarseCorrelatedGap : correlatedGap)(game, joint),
    method,
  });
  if (objective === 'entropy') {
    const { probabilities, entropyBound } = await largestEntropy(cut, what);
    return finish(
      probabilities,
      entropyOf(probabilities),
      entropyBound,
      'linear program, then Newton on the multipliers',
    );
  }
  const targets = targetsOf(game, objective);
  const { joint, bound } = await largestTarget(cut, targets, what);
  const value = Math.min(...targets.map((target) => mean(target, joint)));
  return finish(joint, value, bound, 'linear program (simplex)');
}
