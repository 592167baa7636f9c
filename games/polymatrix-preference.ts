import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { completePreferences } from './complete.ts';
import { gameFamily } from './family.ts';
import { actionCount, playerCount, rolesParameter, seedParameter } from './parameters.ts';
import { polymatrixPreferenceGame } from './players/polymatrix-preference.ts';
import { preferenceGame } from './preference.ts';

/** The matrix is that of `random` with the same n and seed. */
export const polymatrixPreference = gameFamily({
  name: 'polymatrix-preference',
  summary: 'n players, each paid the average P(own ≻ other) over the others; P as in random',
  parameters: z.strictObject({
    players: playerCount(10_000, 3),
    n: actionCount(1, 10),
    roles: rolesParameter,
    seed: seedParameter,
  }),
  positional: ['players', 'n'],
  examples: ['polymatrix-preference:players=4,n=10,seed=1', 'polymatrix-preference:players=3,n=5,roles=own'],
  randomness: 'seed',
  build({ players, n, roles, seed }, name) {
    const { uniform } = stream(seed, 'game', 'random', n);
    return polymatrixPreferenceGame(preferenceGame(completePreferences(n, uniform)), players, {
      name,
      roles,
      description: `${players} players with ${n} actions; each receives the average of P(own ≻ other) over the others, P(a ≻ b) drawn uniformly from [0, 1) for each pair (seed ${seed}).`,
    });
  },
});
