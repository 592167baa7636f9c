import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { gameFamily } from './family.ts';
import { operatorCount, playerCount, rolesParameter, seedParameter } from './parameters.ts';
import { plackettLuceGame } from './players/plackett-luce.ts';

/** One of all players is chosen. For two players this is `bradley-terry`, with the same strengths. */
export const plackettLuce = gameFamily({
  name: 'plackett-luce',
  summary: 'the probability of being chosen among all players, exp r_a/Σ_j exp r_j, with normal strengths r',
  parameters: z.strictObject({
    players: playerCount(10_000, 3),
    n: operatorCount(1, 10),
    roles: rolesParameter,
    seed: seedParameter,
  }),
  positional: ['players', 'n'],
  examples: ['plackett-luce:players=5,n=10,seed=1', 'plackett-luce:players=3,roles=own'],
  randomness: 'seed',
  build({ players, n, roles, seed }, name) {
    const { normal } = stream(seed, 'game', 'bradley-terry', n);
    return plackettLuceGame(Float64Array.from({ length: n }, normal), players, {
      name,
      roles,
      description: `${players} players name one of ${n} actions with strengths r drawn from the standard normal; each is chosen with probability exp r/Σ exp r over all players (seed ${seed}).`,
    });
  },
});
