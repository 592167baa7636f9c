import { coarseCorrelatedGap, correlatedGap } from '../exact/deviation-gains.ts';
import { type PayoffArrays, stridesOf } from '../exact/payoff-arrays.ts';
import type { Deviations } from '../metrics/deviations.ts';
import type { HostProfile } from './problem.ts';
import type { JointDistribution } from './solution.ts';

/** A distribution over the joint actions of a game, as a method answers with it. */
export interface JointAnswer {
  readonly arrays: PayoffArrays;
  /** `[A_0·…·A_{n−1}]`, row-major. */
  readonly probabilities: Float64Array;
}

/** Joint actions that an answer lists at most. */
export const listedOutcomes = 1_000;

/** Joint actions by their probability, the likeliest first and of equals the first, up to 1,000 of them. */
export function jointDistribution({ arrays, probabilities }: JointAnswer): JointDistribution {
  const { actions, payoffs } = arrays;
  const strides = stridesOf(arrays);
  const used = Array.from(probabilities.keys()).filter((s) => probabilities[s] > 0);
  used.sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  return {
    outcomes: used.slice(0, listedOutcomes).map((s) => ({
      actions: actions.map((count, seat) => Math.floor(s / strides[seat]) % count),
      probability: probabilities[s],
    })),
    support: used.length,
    payoffs: payoffs.map((values) => used.reduce((sum, s) => sum + probabilities[s] * values[s], 0)),
  };
}

/** Log-probabilities per role of what each player does by itself; of players who share a role the mean over them. */
export function marginals({ arrays, probabilities }: JointAnswer, roleOf: readonly number[]): HostProfile {
  const { actions } = arrays;
  const strides = stridesOf(arrays);
  const roles = 1 + Math.max(...roleOf);
  return Array.from({ length: roles }, (_, role) => {
    const seats = [...roleOf.keys()].filter((seat) => roleOf[seat] === role);
    const count = actions[seats[0]];
    const sums = new Float64Array(count);
    for (const seat of seats)
      probabilities.forEach((p, s) => {
        sums[Math.floor(s / strides[seat]) % count] += p;
      });
    const total = sums.reduce((sum, p) => sum + p, 0);
    return sums.map((p) => Math.log(p / total));
  });
}

/** Its gaps, measured on it. */
export function deviationsOf({ arrays, probabilities }: JointAnswer): Deviations {
  return {
    fixed: () => coarseCorrelatedGap(arrays, probabilities).gap,
    swaps: () => correlatedGap(arrays, probabilities).gap,
  };
}
