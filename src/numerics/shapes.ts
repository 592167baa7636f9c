import { NashlabError } from '../core/errors.ts';
import type { Tensor } from './tensor.ts';

/** A tensor with its shape read as rows of the run axis and columns behind it. */
interface Laid extends Tensor {
  readonly rows: number;
  readonly columns: number;
}

export function mismatch(operation: string, a: Tensor, b: Tensor): NashlabError {
  return new NashlabError('bad-parameter', {
    what: `${operation}: shapes [${a.shape}] and [${b.shape}] do not fit`,
    expected: 'equal trailing axes and equal or single run axes',
  });
}

/** Runs of a product `[B|1, M, N]` × `[B|1, N]`. Throws `bad-parameter` where the two do not fit. */
export function productRuns(matrix: Tensor, vector: Laid): number {
  const [draws, , width] = matrix.shape;
  const runs = Math.max(draws, vector.rows);
  if (width !== vector.columns || (draws !== 1 && draws !== runs) || (vector.rows !== 1 && vector.rows !== runs))
    throw mismatch('matVec', matrix, vector);
  return runs;
}
