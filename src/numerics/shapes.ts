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

/**
 * Runs and height M of a product `[B|1, M, N]` × `[B|1, N]`; the matrix may lie flat, `[B|1, M·N]`. Throws `bad-parameter`
 * where the two do not fit.
 */
export function productShape(matrix: Laid, vector: Laid): { readonly runs: number; readonly height: number } {
  const draws = matrix.rows;
  const width = vector.columns;
  const runs = Math.max(draws, vector.rows);
  const height = matrix.columns / width;
  const fits = matrix.shape.length === 3 ? matrix.shape[2] === width : Number.isInteger(height);
  if (!fits || (draws !== 1 && draws !== runs) || (vector.rows !== 1 && vector.rows !== runs))
    throw mismatch('matVec', matrix, vector);
  return { runs, height };
}
