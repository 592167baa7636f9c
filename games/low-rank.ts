import { z } from 'zod';
import { stream } from '../src/random/streams.ts';
import { gameFamily } from './family.ts';
import type { Embeddings } from './operators/embeddings.ts';
import { formedWhenSmall } from './operators/formed.ts';
import { lowRankGame } from './operators/low-rank.ts';
import { operatorCount, seedParameter } from './parameters.ts';

/** Rows of unit length in uniform directions: normal numbers, normalised. `[actions, rank]` */
function unitEmbeddings(actions: number, rank: number, normal: () => number): Embeddings {
  const values = new Float64Array(actions * rank);
  for (let from = 0; from < values.length; from += rank) {
    let square = 0;
    while (square === 0)
      for (let l = from; l < from + rank; l++) {
        values[l] = normal();
        square += values[l] ** 2;
      }
    for (let l = from; l < from + rank; l++) values[l] /= Math.sqrt(square);
  }
  return { actions, rank, values };
}

/** Cyclic preferences of low rank; with many actions no matrix is formed. */
export const lowRank = gameFamily({
  name: 'low-rank',
  summary: 'general preference embeddings: P = σ(scale·s) or ½ + scale·s of a skew form s of low rank',
  parameters: z.strictObject({
    n: operatorCount(1, 100),
    rank: z
      .number()
      .int()
      .min(2)
      .max(1024)
      .refine((rank) => rank % 2 === 0)
      .default(4)
      .describe('columns of the embeddings, an even integer in 2 … 1024; 4 if not given'),
    link: z
      .enum(['sigmoid', 'linear'])
      .default('sigmoid')
      .describe('sigmoid (P = σ(scale·s), O(n²·rank)) or linear (P = ½ + scale·s, O(n·rank)); sigmoid if not given'),
    scale: z
      .number()
      .positive()
      .optional()
      .describe(
        'a number above 0; if not given, √rank for sigmoid (scores of unit variance) and ½ for linear (the largest that keeps all preferences in [0, 1])',
      ),
    seed: seedParameter,
  }),
  positional: ['n', 'rank'],
  examples: ['low-rank:n=50,rank=4', 'low-rank:n=1000,rank=8,link=linear,seed=7'],
  randomness: 'seed',
  build: ({ n, rank, link, scale: given, seed }, name) => {
    const scale = given ?? (link === 'linear' ? 0.5 : Math.sqrt(rank));
    const { normal } = stream(seed, 'game', 'low-rank', n, rank);
    const formula = link === 'linear' ? '½ + scale·s' : 'σ(scale·s)';
    return formedWhenSmall(
      lowRankGame(unitEmbeddings(n, rank, normal), {
        name,
        link,
        scale,
        description: `${n} actions with embeddings of ${rank} numbers, of length 1 in uniform directions; P(a ≻ b) = ${formula}, scale ${Number(scale.toPrecision(6))}, s the skew form of the two embeddings (seed ${seed}).`,
        definition: () => ({ kind: 'catalogue', text: name }),
      }),
    );
  },
});
