import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { completePreferences } from './complete.ts';
import { gameFamily } from './family.ts';
import { actionCount, playerCount, seedParameter } from './parameters.ts';
import { heterogeneousGame } from './players/heterogeneous.ts';
import { preferenceGame } from './preference.ts';

export const heterogeneous = gameFamily({
  name: 'heterogeneous',
  summary: 'n players with a judge each: paid the average P_i(own ≻ other) over the others',
  parameters: z.strictObject({ players: playerCount(100, 3), n: actionCount(1, 10), seed: seedParameter }),
  positional: ['players', 'n'],
  examples: ['heterogeneous:players=3,n=5,seed=1'],
  randomness: 'seed',
  build({ players, n, seed }, name) {
    const judges = Array.from({ length: players }, (_, player) => {
      const { uniform } = stream(seed, 'game', 'heterogeneous', n, player);
      return preferenceGame(completePreferences(n, uniform));
    });
    return heterogeneousGame(judges, {
      name,
      description: `${players} players with ${n} actions and a judge each; player i receives the average of P_i(own ≻ other) over the others, every P_i(a ≻ b) drawn uniformly from [0, 1) (seed ${seed}).`,
    });
  },
});
