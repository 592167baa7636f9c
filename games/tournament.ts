import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { completePreferences } from './complete.ts';
import { gameFamily } from './family.ts';
import { actionCount, seedParameter } from './parameters.ts';
import { preferenceGame } from './preference.ts';

export const tournament = gameFamily({
  name: 'tournament',
  summary: 'every pair has a certain winner, drawn by a fair coin',
  parameters: z.strictObject({ n: actionCount(1, 10), seed: seedParameter }),
  positional: ['n', 'seed'],
  examples: ['tournament:10', 'tournament:n=25,seed=3'],
  randomness: 'seed',
  build: ({ n, seed }, name) => {
    const { uniform } = stream(seed, 'game', 'tournament', n);
    return preferenceGame(
      completePreferences(n, () => (uniform() < 0.5 ? 1 : 0)),
      { name, description: `${n} actions; a fair coin decides who wins each pair for certain (seed ${seed}).` },
    );
  },
});
