import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { completePreferences } from './complete.ts';
import { gameFamily } from './family.ts';
import { actionCount, seedParameter } from './parameters.ts';
import { preferenceGame } from './preference.ts';

/** Largest margin |2P − 1| of the game: every preference stays in [0.05, 0.95]. */
const largestMargin = 0.9;

function scaledToUnitEnergy(rows: readonly (readonly number[])[]): number[][] {
  const norm = Math.sqrt(rows.reduce((sum, row) => sum + row.reduce((part, value) => part + value * value, 0), 0));
  return rows.map((row) => row.map((value) => value / norm));
}

/**
 * Margins A = 2P − 1 = c·(√(1 − share)·T + √share·C) with T = (s_a − s_b) (additive, hence transitive), C skew with zero
 * row sums (purely cyclic), both of unit Frobenius norm, s and C normal. T and C are orthogonal (Hodge decomposition of a
 * complete graph, Jiang, Lim, Yao, Ye 2011), so exactly `share` of the energy ‖A‖² is cyclic. c makes the largest margin 0.9.
 */
export const transitiveCyclic = gameFamily({
  name: 'transitive-cyclic',
  summary: 'a mixture of an additive (transitive) and a purely cyclic part with a given cyclic share of the energy',
  parameters: z.strictObject({
    n: actionCount(3, 10),
    share: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('cyclic share of the energy, a number in [0, 1]; 0.5 if not given'),
    seed: seedParameter,
  }),
  positional: ['n', 'share', 'seed'],
  examples: ['transitive-cyclic:10,0.5', 'transitive-cyclic:n=20,share=0.9,seed=7'],
  randomness: 'seed',
  build: ({ n, share, seed }, name) => {
    const { normal } = stream(seed, 'game', 'transitive-cyclic', n);
    const strengths = Array.from({ length: n }, normal);
    const additive = scaledToUnitEnergy(strengths.map((s) => strengths.map((other) => s - other)));
    const noise = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    for (let a = 0; a < n; a++)
      for (let b = a + 1; b < n; b++) {
        noise[a][b] = normal();
        noise[b][a] = -noise[a][b];
      }
    const means = noise.map((row) => row.reduce((sum, value) => sum + value, 0) / n);
    const circular = scaledToUnitEnergy(noise.map((row, a) => row.map((value, b) => value - means[a] + means[b])));
    const margin = (a: number, b: number) => Math.sqrt(1 - share) * additive[a][b] + Math.sqrt(share) * circular[a][b];
    let largest = 0;
    for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) largest = Math.max(largest, Math.abs(margin(a, b)));
    return preferenceGame(
      completePreferences(n, (a, b) => 0.5 + (largestMargin / 2 / largest) * margin(a, b)),
      {
        name,
        description: `${n} actions; the margins 2P − 1 are an additive (transitive) part plus a purely cyclic part that holds ${share} of the energy; the largest margin is ${largestMargin} (seed ${seed}).`,
      },
    );
  },
});
