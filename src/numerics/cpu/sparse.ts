import type { SparseMatrix } from '../sparse.ts';

/** y_i = Σ_k values_k·x[indices_k] over the entries of row i, for one row of the batch; O(entries). */
export function sparseMatVecRow(
  { rows, starts, indices, values }: SparseMatrix,
  vector: Float64Array,
  vectorOffset: number,
  result: Float64Array,
  resultOffset: number,
): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = starts[i]; k < starts[i + 1]; k++) sum += values[k] * vector[vectorOffset + indices[k]];
    result[resultOffset + i] = sum;
  }
}
