import { NashlabError } from '../core/errors.ts';
import { bestResponseGain } from '../metrics/best-response-gain.ts';
import { type Game, type Matrix, requireMatrices } from '../solve/game.ts';
import { entropyLimit } from './correlated.ts';
import { cutSimplex } from './cut-simplex.ts';
import { entropyOf, largestEntropy } from './largest-entropy.ts';
import { marginsOf } from './margins.ts';
import { requireConstantSum, zeroSumEquilibrium } from './zero-sum.ts';

export interface NashAveragingOptions {
  /**
   * `merged` (default): actions that are equal against everyone count once for the entropy and share their probability
   * evenly. `counted`: the entropy over all actions, as the paper defines it.
   */
  readonly duplicates?: 'merged' | 'counted';
}

/** The equilibrium of largest entropy of a two-player constant-sum game. */
export interface NashAverage {
  /** Probabilities per role, `[A_role]`: one role for a preference game, else row and column player. */
  readonly profile: readonly Float64Array[];
  /** Payoff of each action against the opponent's policy, per role: how good it is, in payoff units. */
  readonly ratings: readonly Float64Array[];
  /** Largest best-response gain of a player, in payoff units, measured on the profile. */
  readonly regret: number;
  /** Per role, in nats: the entropy (of the groups of equal actions where they are merged), and its proven bound. */
  readonly entropy: readonly number[];
  readonly entropyBound: readonly number[];
}

/** Groups of rows that are equal entry by entry, in order of their first. */
function equalRows({ rows, columns, values }: Matrix): number[][] {
  const groups = new Map<string, number[]>();
  for (let a = 0; a < rows; a++) {
    // −0 and 0 are one payoff.
    const key = Array.from(values.subarray(a * columns, (a + 1) * columns), (value) => value + 0).join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [a]);
    else group.push(a);
  }
  return [...groups.values()];
}

interface Side {
  readonly policy: Float64Array;
  readonly entropy: number;
  readonly entropyBound: number;
}

/** The optimal policy of largest entropy: Σ_a x_a·(A_ab − value) ≥ 0 for every b. */
async function largestOptimal(matrix: Matrix, value: number, merge: boolean, what: string): Promise<Side> {
  const { rows, columns, values } = matrix;
  const groups = merge ? equalRows(matrix) : Array.from({ length: rows }, (_, a) => [a]);
  const scale = values.reduce((top, entry) => Math.max(top, Math.abs(entry - value)), 0) || 1;
  const cut = cutSimplex(groups.length, columns, (group, push) => {
    const first = groups[group][0] * columns;
    for (let b = 0; b < columns; b++) push(b, (values[first + b] - value) / scale);
  });
  const { probabilities, entropyBound } = await largestEntropy(cut, what);
  const policy = new Float64Array(rows);
  groups.forEach((group, g) => {
    for (const a of group) policy[a] = probabilities[g] / group.length;
  });
  return { policy, entropy: entropyOf(probabilities), entropyBound };
}

function times({ rows, columns, values }: Matrix, policy: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, a) => {
    let sum = 0;
    for (let b = 0; b < columns; b++) sum += values[a * columns + b] * policy[b];
    return sum;
  });
}

/**
 * Nash averaging: the equilibrium of largest entropy, and every action's payoff against it. Balduzzi, Tuyls, Perolat and
 * Graepel, *Re-evaluating evaluation* (2018, arXiv:1806.02643). Agents against agents in a preference game or where
 * A = −Aᵀ; agents against tasks in any other constant-sum game, with the largest entropy for each player.
 * Where duplicates are merged, a copy of an action changes no rating, and not what a group of equal actions has together;
 * where they are counted, that holds if the equilibrium is unique, and may fail otherwise.
 * @throws `not-applicable` for a general-sum game or one without a matrix, `too-large` beyond 1,000 actions.
 */
export async function nashAveraging(given: Game, options: NashAveragingOptions = {}): Promise<NashAverage> {
  requireConstantSum(given);
  const game = requireMatrices(given, 'Nash averaging');
  const what = `the equilibria of "${game.name}"`;
  const most = Math.max(game.matrices[0].rows, game.matrices[0].columns);
  if (most > entropyLimit)
    throw new NashlabError('too-large', {
      what: `the largest entropy of ${what}, with ${most} actions`,
      expected: `at most ${entropyLimit} actions; \`zeroSumEquilibrium\` has no limit`,
    });
  const merge = options.duplicates !== 'counted';
  const margins = marginsOf(game, 'Nash averaging');
  const sides: Side[] = [];
  if (margins !== undefined) {
    const { size, values } = margins;
    const side = await largestOptimal({ rows: size, columns: size, values }, 0, merge, what);
    sides.push(...game.matrices.map(() => side));
  } else {
    const { value } = await zeroSumEquilibrium(game);
    const [first] = game.matrices[1].values;
    // The payoffs add up to one constant, so the column player's value is what the row player's leaves.
    const rest = game.matrices[0].values[0] + first - value;
    for (const [role, own] of [value, rest].entries())
      sides.push(await largestOptimal(game.matrices[role], own, merge, what));
  }
  const profile = sides.map(({ policy }) => policy);
  const ratings = game.matrices.map((matrix, role) => times(matrix, profile[profile.length - 1 - role]));
  return {
    profile,
    ratings,
    regret: Math.max(...ratings.map((row, role) => bestResponseGain(profile[role], row))),
    entropy: sides.map(({ entropy }) => entropy),
    entropyBound: sides.map(({ entropyBound }) => entropyBound),
  };
}
