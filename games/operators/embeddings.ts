import { NashlabError } from '../../src/core/errors.ts';
import { counted } from '../counted.ts';

/** Preference embeddings, one row per action, row-major `[actions, rank]`; rank is even. */
export interface Embeddings {
  readonly actions: number;
  readonly rank: number;
  readonly values: Float64Array;
}

/** Refuses an odd or empty rank, and numbers that are not finite. Throws `bad-game` naming the entry. */
export function checkedEmbeddings(embeddings: Embeddings, where = 'embeddings'): Embeddings {
  const { actions, rank, values } = embeddings;
  if (actions < 1 || rank < 1)
    throw new NashlabError('bad-game', {
      what: 'no embeddings',
      where,
      expected: 'at least one row of at least 2 numbers',
    });
  if (rank % 2 !== 0)
    throw new NashlabError('bad-game', {
      what: `embeddings of ${counted(rank, 'column')}`,
      where,
      expected: 'an even number: columns 2l and 2l + 1 form a plane in which preferences turn',
    });
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new NashlabError('bad-game', {
      what: `entry ${values[bad]}`,
      where: `${where}[${Math.floor(bad / rank)}][${bad % rank}]`,
      expected: 'a finite number',
    });
  return embeddings;
}

/** Packs rows. Throws `bad-game` naming a ragged row or an entry that is no finite number. */
export function embeddingsFromRows(rows: readonly (readonly unknown[])[], where = 'embeddings'): Embeddings {
  const rank = rows[0]?.length ?? 0;
  const values = new Float64Array(rows.length * rank);
  rows.forEach((row, i) => {
    if (row.length !== rank)
      throw new NashlabError('bad-game', {
        what: `a row of ${counted(row.length, 'number')}`,
        where: `${where}[${i}]`,
        expected: `${rank}, as in the first row`,
      });
    row.forEach((value, l) => {
      if (typeof value !== 'number')
        throw new NashlabError('bad-game', {
          what: `entry ${JSON.stringify(value)}`,
          where: `${where}[${i}][${l}]`,
          expected: 'a finite number',
        });
      values[i * rank + l] = value;
    });
  });
  return checkedEmbeddings({ actions: rows.length, rank, values }, where);
}

/** The skew score s_ab = Σ_l (a_2l·b_2l+1 − a_2l+1·b_2l); above 0 where a is preferred to b. */
export function skewScore({ rank, values }: Embeddings, a: number, b: number): number {
  let score = 0;
  for (let l = 0; l < rank; l += 2)
    score += values[a * rank + l] * values[b * rank + l + 1] - values[a * rank + l + 1] * values[b * rank + l];
  return score;
}

/**
 * The rows to multiply the embeddings with, scaled, `[actions, rank]`: row a is scale·(−a_1, a_0, −a_3, a_2, …), so that
 * its product with the embedding of b is scale·s_ab.
 */
export function turnedRows({ actions, rank, values }: Embeddings, scale: number): Float64Array {
  const turned = new Float64Array(actions * rank);
  for (let k = 0; k < turned.length; k += 2) {
    turned[k] = -scale * values[k + 1] + 0;
    turned[k + 1] = scale * values[k];
  }
  return turned;
}

/** The factor J·Eᵀ, scaled, `[rank, actions]`: E·(J·Eᵀ) is the matrix of scores times the scale. */
export function turnedColumns({ actions, rank, values }: Embeddings, scale: number): Float64Array {
  const turned = new Float64Array(actions * rank);
  for (let b = 0; b < actions; b++)
    for (let l = 0; l < rank; l += 2) {
      turned[l * actions + b] = scale * values[b * rank + l + 1];
      turned[(l + 1) * actions + b] = -scale * values[b * rank + l] + 0;
    }
  return turned;
}
