import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { gameFamily } from './family.ts';
import { bradleyTerryGame } from './operators/bradley-terry.ts';
import { formedGame } from './operators/formed.ts';
import { largestGame, operatorCount, seedParameter } from './parameters.ts';

/** Transitive preferences: the action of the largest strength is the only equilibrium. */
export const bradleyTerry = gameFamily({
  name: 'bradley-terry',
  summary: 'P[a][b] = σ(r_a − r_b) with normal strengths r: no cycles',
  parameters: z.strictObject({ n: operatorCount(1, 10), seed: seedParameter }),
  positional: ['n', 'seed'],
  examples: ['bradley-terry:10', 'bradley-terry:n=50,seed=7'],
  randomness: 'seed',
  build: ({ n, seed }, name) => {
    const { normal } = stream(seed, 'game', 'bradley-terry', n);
    const game = bradleyTerryGame(Float64Array.from({ length: n }, normal), {
      name,
      description: `${n} actions with strengths r drawn from the standard normal; P(a ≻ b) = 1/(1 + exp(r_b − r_a)) (seed ${seed}).`,
      definition: () => ({ kind: 'catalogue', text: name }),
    });
    return n <= largestGame ? formedGame(game) : game;
  },
});
