import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { completePreferences } from './complete.ts';
import { gameFamily } from './family.ts';
import { actionCount, seedParameter } from './parameters.ts';
import { preferenceGame } from './preference.ts';

export const random = gameFamily({
  name: 'random',
  summary: 'P[a][b] uniform on [0, 1), independently for each pair',
  parameters: z.strictObject({ n: actionCount(1, 10), seed: seedParameter }),
  positional: ['n', 'seed'],
  examples: ['random:10', 'random:n=50,seed=7'],
  randomness: 'seed',
  build: ({ n, seed }, name) => {
    const { uniform } = stream(seed, 'game', 'random', n);
    return preferenceGame(completePreferences(n, uniform), {
      name,
      description: `${n} actions; P(a ≻ b) is drawn uniformly from [0, 1) for each pair (seed ${seed}).`,
    });
  },
});
