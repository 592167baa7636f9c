import { NashlabError } from '../core/errors.ts';
import { checkPayoffArrays, jointActions, type PayoffArrays, stridesOf } from './payoff-arrays.ts';

/** What the players could gain by deviating from a joint distribution, in payoff units. */
export interface DeviationGains {
  /** The largest gain of any player; 0 exactly at an equilibrium. */
  readonly gap: number;
  /** The largest gain of each player over its plans, `[n]`, each ≥ 0. */
  readonly gains: readonly number[];
}

/** Probabilities may be off by rounding, and by what a printed policy loses. */
const tolerance = 1e-6;

function checkJoint(game: PayoffArrays, joint: ArrayLike<number>): Float64Array {
  checkPayoffArrays(game);
  const count = jointActions(game);
  const values = Float64Array.from(joint);
  const total = values.reduce((sum, p) => sum + p, 0);
  if (values.length !== count || values.some((p) => !(p >= 0)) || Math.abs(total - 1) > tolerance)
    throw new NashlabError('bad-policy', {
      what: `a joint distribution of ${values.length} entries with sum ${total}`,
      expected: `${count} probabilities ≥ 0 with sum 1, in row-major order of ${game.actions.join(' × ')}`,
    });
  return values.map((p) => p / total);
}

/** gain[a][b] = Σ p(a, others)·(u(b, others) − u(a, others)): what playing b wherever a is told is worth. */
function swapGains({ actions, payoffs }: PayoffArrays, joint: Float64Array, player: number): Float64Array {
  const count = actions[player];
  const stride = stridesOf({ actions })[player];
  const utility = payoffs[player];
  const gains = new Float64Array(count * count);
  for (let s = 0; s < joint.length; s++) {
    const p = joint[s];
    if (p === 0) continue;
    const own = Math.floor(s / stride) % count;
    const first = s - own * stride;
    for (let b = 0; b < count; b++) gains[own * count + b] += p * (utility[first + b * stride] - utility[s]);
  }
  return gains;
}

function gainsOf(
  game: PayoffArrays,
  joint: ArrayLike<number>,
  best: (swaps: Float64Array, count: number) => number,
): DeviationGains {
  const checked = checkJoint(game, joint);
  const gains = game.actions.map((count, player) => best(swapGains(game, checked, player), count));
  return { gap: Math.max(...gains), gains };
}

/**
 * The gap of a correlated equilibrium: a player told a may play φ(a) instead; its gain by the best plan φ is
 * Σ_a max_b Σ_others p(a, others)·(u(b, others) − u(a, others)). Aumann, *Subjectivity and correlation* (1974).
 * @param joint probabilities of the joint actions, `[A_0·…·A_{n−1}]`, row-major.
 * @throws `bad-game` and `bad-policy` naming what does not fit.
 */
export function correlatedGap(game: PayoffArrays, joint: ArrayLike<number>): DeviationGains {
  return gainsOf(game, joint, (swaps, count) => {
    let total = 0;
    for (let a = 0; a < count; a++)
      total += swaps.subarray(a * count, (a + 1) * count).reduce((m, g) => Math.max(m, g));
    return total;
  });
}

/**
 * The gap of a coarse correlated equilibrium: a player decides before it is told, to follow or to play one action always;
 * its gain is max(0, max_b Σ p·(u(b, others) − u)). Never above the gap of `correlatedGap`. Moulin and Vial (1978).
 * @param joint probabilities of the joint actions, `[A_0·…·A_{n−1}]`, row-major.
 * @throws `bad-game` and `bad-policy` naming what does not fit.
 */
export function coarseCorrelatedGap(game: PayoffArrays, joint: ArrayLike<number>): DeviationGains {
  return gainsOf(game, joint, (swaps, count) => {
    let best = 0;
    for (let b = 0; b < count; b++) {
      let total = 0;
      for (let a = 0; a < count; a++) total += swaps[a * count + b];
      best = Math.max(best, total);
    }
    return best;
  });
}

/** The joint distribution of independent policies, `[A_0·…·A_{n−1}]`. @param profile probabilities per player, `[A_i]`. */
export function productDistribution(profile: readonly ArrayLike<number>[]): Float64Array {
  return profile.reduce<Float64Array>((joint, policy) => {
    const count = policy.length;
    return Float64Array.from(
      { length: joint.length * count },
      (_, k) => joint[Math.floor(k / count)] * policy[k % count],
    );
  }, Float64Array.of(1));
}
