import { z } from 'zod';
import { completePreferences } from './complete.ts';
import { gameFamily } from './family.ts';
import { largestGame } from './parameters.ts';
import { preferenceGame } from './preference.ts';

/** Rock–paper–scissors on n actions; its only equilibrium is uniform. */
export const cyclic = gameFamily({
  name: 'cyclic',
  summary: 'n actions on a circle, each certainly beats the next (n − 1)/2',
  parameters: z.strictObject({
    n: z
      .number()
      .int()
      .min(3)
      .max(largestGame)
      .refine((n) => n % 2 === 1)
      .default(5)
      .describe(
        `number of actions, an odd integer in 3 … ${largestGame - 1} (an even circle has no such game); 5 if not given`,
      ),
  }),
  positional: ['n'],
  examples: ['cyclic:5'],
  build: ({ n }, name) =>
    preferenceGame(
      completePreferences(n, (a, b) => (b - a <= (n - 1) / 2 ? 1 : 0)),
      {
        name,
        description: `${n} actions on a circle; each certainly beats the next ${(n - 1) / 2} and loses to the others.`,
      },
    ),
});
