import { z } from 'zod';
import { gameFamily } from './family.ts';
import { preferenceGame } from './preference.ts';

/** Rock, paper, scissors: the smallest cycle. Its only equilibrium is uniform. */
export const rps = gameFamily({
  name: 'rps',
  summary: 'rock, paper, scissors with certain wins',
  parameters: z.strictObject({}),
  positional: [],
  examples: ['rps'],
  build: (_parameters, name) =>
    preferenceGame(
      [
        [0.5, 0, 1],
        [1, 0.5, 0],
        [0, 1, 0.5],
      ],
      {
        name,
        labels: ['rock', 'paper', 'scissors'],
        description: 'Rock beats scissors, scissors beats paper, paper beats rock, always.',
      },
    ),
});
