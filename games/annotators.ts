import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { completePreferences } from './complete.ts';
import { gameFamily } from './family.ts';
import { actionCount, seedParameter } from './parameters.ts';
import { annotatorsGame } from './players/annotators.ts';
import { preferenceGame } from './preference.ts';

export const annotators = gameFamily({
  name: 'annotators',
  summary: 'a population of annotators in groups of different minds: two players, pooled preferences',
  parameters: z.strictObject({
    groups: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(3)
      .describe('number of groups, an integer in 1 … 1000; 3 if not given'),
    n: actionCount(1, 10),
    seed: seedParameter,
  }),
  positional: ['groups', 'n'],
  examples: ['annotators:groups=3,n=5,seed=1'],
  randomness: 'seed',
  build({ groups, n, seed }, name) {
    const preferences = Array.from({ length: groups }, (_, group) => {
      const { uniform } = stream(seed, 'game', 'annotators', n, group);
      return preferenceGame(completePreferences(n, uniform));
    });
    const { uniform } = stream(seed, 'game', 'annotators', 'weights', groups);
    const weights = Array.from({ length: groups }, () => -Math.log(1 - uniform()) + Number.MIN_VALUE);
    return annotatorsGame(preferences, weights, {
      name,
      description: `${n} actions judged by ${groups} groups of annotators; every P_g(a ≻ b) drawn uniformly from [0, 1), the shares of the groups uniform on the simplex (seed ${seed}).`,
    });
  },
});
