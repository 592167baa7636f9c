import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Member } from '../src/solve/population.ts';
import type { Profile } from '../src/solve/problem.ts';
import { meanParameter, populationFamily, sharesOf, weightsParameter } from './family.ts';

interface Recent {
  readonly newest: Profile;
  /** The profiles before the newest, newest first. */
  readonly older: readonly Profile[];
}

/**
 * The k most recent policies, π_t, π_{t−1}, …, π_{t−k+1}, with weights λ; before step k − 1 those that there are. A share of
 * the weight may go to the reference ρ, as in time-dependent MNPO.
 */
export const recent = populationFamily({
  name: 'recent',
  summary: 'the k most recent policies with weights, and a share of the reference if wanted',
  source: citations.wu2026,
  parameters: z.strictObject({
    k: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(2)
      .describe('how many policies, an integer in 1 … 1000; 2 if not given'),
    weights: weightsParameter,
    reference: z.number().min(0).max(1).default(0).describe('share of the reference, 0 … 1; 0 if not given'),
    mean: meanParameter,
  }),
  positional: ['k'],
  examples: ['recent:5', 'recent:k=3,weights=3/2/1', 'recent:k=2,reference=0.3,mean=geometric'],
  check(_game, { k, weights }) {
    sharesOf('recent', weights, k);
  },
  rule({ k, weights, reference, mean }) {
    const shares = sharesOf('recent', weights, k);
    return {
      mean,
      init: (_problem, start): Recent => ({ newest: start, older: [] }),
      members(problem, { older }: Recent, present, role) {
        const policies = [present, ...older];
        // A weight of 0 for the newest leaves nobody at the start: then it counts nevertheless.
        const given = shares.slice(0, policies.length);
        const total = given.reduce((sum, share) => sum + share, 0);
        const found = policies.map(
          (profile, age): Member => ({
            name: age === 0 ? 'newest' : `${age} before`,
            weight: (1 - reference) * (total > 0 ? given[age] / total : age === 0 ? 1 : 0),
            policy: profile[role],
          }),
        );
        const anchor = { name: 'reference', weight: reference, policy: problem.reference[role] };
        return [...found, anchor].filter(({ weight }) => weight !== 0);
      },
      next: (_problem, { newest, older }: Recent, played): Recent => ({
        newest: played,
        older: [newest, ...older].slice(0, k - 1),
      }),
    };
  },
});
