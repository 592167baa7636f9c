import { NashlabError } from '../core/errors.ts';
import { logFixation, logFixationOf } from './fixation.ts';
import { checkPayoffArrays, jointActions, type PayoffArrays, stridesOf } from './payoff-arrays.ts';
import { imbalance, stationaryDistribution } from './stationary.ts';
import { strongComponents } from './strong-components.ts';

export interface AlphaRankOptions {
  /**
   * `each` (default): a population per player, states are joint actions. `one`: one population plays a symmetric two-player
   * game, states are actions.
   */
  readonly populations?: 'each' | 'one';
  /** Ranking intensity, in 1/payoff units, > 0; `Infinity` (default) for the limit with a perturbation. */
  readonly alpha?: number;
  /** Individuals per population, a whole number ≥ 2; default 50. Without meaning at α = ∞. */
  readonly populationSize?: number;
  /** At α = ∞: a better mutant takes over with probability 1 − ε, an equal one with ½, a worse one with ε. Default 1e-6. */
  readonly perturbation?: number;
  /**
   * Fitness in one population: against all of it (`population`, default), or only of a mutant and a resident against each
   * other (`local`).
   */
  readonly fitness?: 'population' | 'local';
}

/** α-rank of a game: the long-run share of each state, with its certificate. */
export interface AlphaRank {
  /** Actions of each state: one per player, or the one of the population. */
  readonly states: readonly (readonly number[])[];
  /** Share per state, and its logarithm (also where the share is below the smallest number). */
  readonly mass: Float64Array;
  readonly logMass: Float64Array;
  /**
   * States that no better move leaves, in groups whose members reach each other by moves to states at least as good: the
   * sinks (Markov–Conley chains), where all mass goes as α → ∞; indices of `states`.
   */
  readonly sinks: readonly (readonly number[])[];
  /** Largest |inflow/outflow − 1| of a state, measured on the answer: the certificate. */
  readonly imbalance: number;
}

/** Beyond this many states the elimination takes too long. */
export const alphaRankLimit = 1_000;

function checkOptions({ alpha = Infinity, populationSize = 50, perturbation = 1e-6 }: AlphaRankOptions): void {
  const wrong = (what: string, where: string, expected: string): never => {
    throw new NashlabError('bad-parameter', { what, where, expected });
  };
  if (!(alpha > 0)) wrong(`ranking intensity ${alpha}`, 'alpha', 'a number above 0, or Infinity');
  if (!Number.isInteger(populationSize) || populationSize < 2 || populationSize > 1e6)
    wrong(`population of ${populationSize}`, 'populationSize', 'a whole number from 2 to 1,000,000');
  if (!(perturbation > 0 && perturbation < 0.5))
    wrong(`perturbation ${perturbation}`, 'perturbation', 'a number above 0 and below ½');
}

/** One population: the square matrix, after checking that the game is symmetric. */
function symmetricMatrix({ actions, payoffs }: PayoffArrays): Float64Array {
  const [n, columns] = actions;
  const [own, other] = payoffs;
  const symmetric =
    actions.length === 2 && n === columns && own.every((value, k) => value === other[(k % n) * n + Math.floor(k / n)]);
  if (symmetric) return own;
  throw new NashlabError('not-applicable', {
    what: 'one population in a game that is not symmetric',
    expected: 'a two-player game in which the players could change seats, or populations "each"',
  });
}

/** A move from one state to another, as far as it counts. */
interface Move {
  readonly from: number;
  readonly to: number;
  /** What a mutant gains over a resident, in payoff units: its sign decides at α = ∞. */
  readonly gain: number;
  /** Gain with p mutants in the population, where that matters. */
  readonly gainAmong?: (mutants: number) => number;
}

/** Gains up to this are rounding of payoffs that were computed: a tie. */
function tieOf({ payoffs }: PayoffArrays): number {
  const largest = payoffs.reduce((top, values) => values.reduce((x, y) => Math.max(x, Math.abs(y)), top), 0);
  return 64 * Number.EPSILON * largest;
}

function movesOfEach(game: PayoffArrays): { states: number[][]; moves: Move[]; choices: number } {
  const { actions, payoffs } = game;
  const strides = stridesOf(game);
  const states = Array.from({ length: jointActions(game) }, (_, s) =>
    actions.map((count, player) => Math.floor(s / strides[player]) % count),
  );
  const moves: Move[] = [];
  states.forEach((own, from) => {
    actions.forEach((count, player) => {
      for (let a = 0; a < count; a++) {
        if (a === own[player]) continue;
        const to = from + (a - own[player]) * strides[player];
        moves.push({ from, to, gain: payoffs[player][to] - payoffs[player][from] });
      }
    });
  });
  return { states, moves, choices: actions.reduce((sum, count) => sum + count - 1, 0) };
}

function movesOfOne(
  game: PayoffArrays,
  { populationSize: m = 50, fitness = 'population' }: AlphaRankOptions,
): { states: number[][]; moves: Move[]; choices: number } {
  const values = symmetricMatrix(game);
  const [n] = game.actions;
  const moves: Move[] = [];
  for (let from = 0; from < n; from++)
    for (let to = 0; to < n; to++) {
      if (to === from) continue;
      const [rr, rs] = [values[to * n + to], values[to * n + from]];
      const [sr, ss] = [values[from * n + to], values[from * n + from]];
      const gainAmong = (p: number): number => ((p - 1) * rr + (m - p) * rs - p * sr - (m - p - 1) * ss) / (m - 1);
      moves.push({ from, to, gain: rs - sr, ...(fitness === 'population' ? { gainAmong } : {}) });
    }
  return { states: Array.from({ length: n }, (_, a) => [a]), moves, choices: n - 1 };
}

/**
 * α-rank: the stationary distribution of the chain in which a single mutant joins a population at a time and takes over with
 * its fixation probability under selection of intensity α. Omidshafiei et al., *α-Rank: Multi-Agent Evaluation by Evolution*
 * (2019, arXiv:1903.01373). Computed in logarithms without subtraction: shares of e^−10000 keep their digits.
 * At α = ∞ the model is the paper's with a perturbation ε (Rowland et al. 2019); it is not the limit of large α at a fixed
 * population size, where an equal mutant takes over with 1/m and a worse one with e^(−(m−1)·α·loss): use a large α for that.
 * @param game payoff arrays, row-major; for one population the symmetric two-player game.
 * @throws `bad-game` and `bad-parameter` naming what does not fit, `not-applicable` for one population in a game that is not
 * symmetric, `too-large` beyond 1,000 states.
 */
export function alphaRank(game: PayoffArrays, options: AlphaRankOptions = {}): AlphaRank {
  checkPayoffArrays(game);
  checkOptions(options);
  const { alpha = Infinity, populationSize = 50, perturbation = 1e-6, populations = 'each' } = options;
  const count = populations === 'one' ? game.actions[0] : jointActions(game);
  if (count > alphaRankLimit)
    throw new NashlabError('too-large', {
      what: `α-rank of ${count} states`,
      expected: `at most ${alphaRankLimit} (joint) actions`,
    });
  const { states, moves, choices } = populations === 'one' ? movesOfOne(game, options) : movesOfEach(game);
  const logTakeover = ({ gain, gainAmong }: Move): number => {
    if (alpha === Infinity)
      return gain > 0 ? Math.log1p(-perturbation) : gain < 0 ? Math.log(perturbation) : Math.log(0.5);
    return gainAmong === undefined
      ? logFixation(alpha * gain, populationSize)
      : logFixationOf((p) => alpha * gainAmong(p), populationSize);
  };
  const n = states.length;
  const tie = tieOf(game);
  const logRates = new Float64Array(n * n).fill(-Infinity);
  const noWorse = new Uint8Array(n * n);
  for (const given of moves) {
    const move = Math.abs(given.gain) <= tie ? { ...given, gain: 0 } : given;
    logRates[move.from * n + move.to] = logTakeover(move) - Math.log(choices);
    noWorse[move.from * n + move.to] = move.gain >= 0 ? 1 : 0;
  }
  const logMass = stationaryDistribution(n, logRates);
  const groups = strongComponents(n, (a, b) => noWorse[a * n + b] === 1);
  const leaves = (group: readonly number[]): boolean =>
    group.some((a) => states.some((_, b) => noWorse[a * n + b] === 1 && !group.includes(b)));
  const sinks = groups.filter((group) => !leaves(group)).sort((a, b) => a[0] - b[0]);
  return { states, mass: logMass.map(Math.exp), logMass, sinks, imbalance: imbalance(n, logRates, logMass) };
}
