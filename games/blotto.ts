import { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import { completePreferences } from './complete.ts';
import { gameFamily } from './family.ts';
import { largestGame } from './parameters.ts';
import { preferenceGame } from './preference.ts';

/** Number of ways to split `soldiers` over `fields`: (soldiers + fields − 1 choose fields − 1). */
function allocationCount(soldiers: number, fields: number): number {
  let count = 1;
  for (let k = 1; k < fields; k++) count = (count * (soldiers + k)) / k;
  return Math.round(count);
}

/** All splits in lexicographic order: 0-0-3, 0-1-2, … 3-0-0. */
function allocations(soldiers: number, fields: number): number[][] {
  if (fields === 1) return [[soldiers]];
  return Array.from({ length: soldiers + 1 }, (_, first) =>
    allocations(soldiers - first, fields - 1).map((rest) => [first, ...rest]),
  ).flat();
}

/**
 * Symmetric Colonel Blotto. Actions are the splits in lexicographic order; P = 1, ½, 0 as more, as many or fewer fields
 * are won than lost. Its zero-sum form M = 2P − 1 is OpenSpiel's `blotto` (reference game `blotto_3_3`).
 */
export const blotto = gameFamily({
  name: 'blotto',
  summary: 'Colonel Blotto: split soldiers over fields; whoever wins more fields wins',
  parameters: z.strictObject({
    soldiers: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(10)
      .describe('soldiers per player, an integer in 1 … 1000; 10 if not given'),
    fields: z.number().int().min(1).max(20).default(3).describe('fields, an integer in 1 … 20; 3 if not given'),
  }),
  positional: ['soldiers', 'fields'],
  examples: ['blotto:3,3', 'blotto:soldiers=10,fields=3'],
  build: ({ soldiers, fields }, name) => {
    const count = allocationCount(soldiers, fields);
    if (count > largestGame)
      throw new NashlabError('too-large', {
        what: `${count} ways to split ${soldiers} soldiers over ${fields} fields`,
        where: `game "${name}"`,
        expected: `at most ${largestGame} actions`,
      });
    const splits = allocations(soldiers, fields);
    const rows = completePreferences(count, (a, b) => {
      let lead = 0;
      for (let field = 0; field < fields; field++) lead += Math.sign(splits[a][field] - splits[b][field]);
      return (1 + Math.sign(lead)) / 2;
    });
    return preferenceGame(rows, {
      name,
      labels: splits.map((split) => split.join('-')),
      description: `Colonel Blotto: both players split ${soldiers} soldiers over ${fields} fields; the larger number takes a field, and whoever takes more fields wins (a tie counts ½).`,
    });
  },
});
