import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { nashAveraging as average } from '../src/exact/nash-averaging.ts';
import { requireConstantSum } from '../src/exact/zero-sum.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { oneMatrixGame } from './parts/one-run.ts';
import { provenWithin } from './parts/proven.ts';

const params = z.strictObject({
  duplicates: z
    .enum(['merged', 'counted'])
    .default('merged')
    .describe('actions that are equal against everyone count once for the entropy, or each for itself'),
});

type Params = z.infer<typeof params>;

/**
 * Nash averaging: the equilibrium of largest entropy, and what every action earns against it, its rating. Copies of an action
 * change no rating.
 */
export const nashAveraging: DirectDefinition<Params> = {
  name: 'nash-averaging',
  summary: 'the equilibrium of largest entropy, and the rating of every action against it; copies do not count',
  source: citations.balduzzi2018,
  aliases: ['max-entropy-nash'],
  family: 'exact',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'original',
  params,
  check(instance) {
    requireConstantSum(oneMatrixGame(instance, 'nash-averaging'));
  },
  async answer(instance, options) {
    const { profile, ratings, entropy, entropyBound } = await average(instance.game, options);
    // Of two players, the one whose proof is the looser.
    const loosest = entropy
      .map((_, role) => role)
      .reduce((a, b) => (entropyBound[b] - entropy[b] > entropyBound[a] - entropy[a] ? b : a));
    return {
      profile: instance.game.actions.map((_, role) => profile[role].map(Math.log)),
      ratings: instance.game.actions.map((_, role) => ratings[role]),
      method: `linear program, then Newton on the multipliers: entropy proven to be the largest${provenWithin(entropy[loosest], entropyBound[loosest])}`,
    };
  },
};
