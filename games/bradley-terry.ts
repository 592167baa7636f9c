import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { completePreferences } from './complete.ts';
import { gameFamily } from './family.ts';
import { actionCount, seedParameter } from './parameters.ts';
import { preferenceGame } from './preference.ts';

/** Transitive preferences: the action of the largest strength is the only equilibrium. */
export const bradleyTerry = gameFamily({
  name: 'bradley-terry',
  summary: 'P[a][b] = σ(r_a − r_b) with normal strengths r: no cycles',
  parameters: z.strictObject({ n: actionCount(1, 10), seed: seedParameter }),
  positional: ['n', 'seed'],
  examples: ['bradley-terry:10', 'bradley-terry:n=50,seed=7'],
  randomness: 'seed',
  build: ({ n, seed }, name) => {
    const { normal } = stream(seed, 'game', 'bradley-terry', n);
    const strengths = Array.from({ length: n }, normal);
    return preferenceGame(
      completePreferences(n, (a, b) => 1 / (1 + Math.exp(strengths[b] - strengths[a]))),
      {
        name,
        description: `${n} actions with strengths r drawn from the standard normal; P(a ≻ b) = 1/(1 + exp(r_b − r_a)) (seed ${seed}).`,
      },
    );
  },
});
