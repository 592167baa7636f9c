import type { Blas } from '../blas/blas.ts';

/*
 * P(i ≻ j) + P(j ≻ i) = 1: a preference matrix says everything twice, and so does every antisymmetric one. A product with one
 * vector waits for memory from about two thousand actions on, where a block that was read for its own rows is still in
 * the cache when it serves those of its mirror image: half the matrix is never read.
 */

/** Actions from which that pays, with one thread and with two; below, the whole matrix stays in the processor's caches. */
export const halfSize = 2000;
/** Columns of a block, and its rows: 512 KiB, half of a core's own cache; more where threads have to wait for each other. */
const blockColumns = 1024;
const rowsOf = (threads: number): number => (threads === 1 ? 64 : 128 * threads);
/** A look at both images of a tile of so many rows and columns stays in the first cache. */
const tile = 32;

/** What m_ij and m_ji add up to, if that is one number for all i and j up to rounding. */
export function mirrorTotal(matrix: Float64Array, size: number): number | undefined {
  const total = 2 * matrix[0];
  for (let top = 0; top < size; top += tile)
    for (let left = top; left < size; left += tile) if (!mirrored(matrix, size, top, left, total)) return undefined;
  return total;
}

function mirrored(matrix: Float64Array, size: number, top: number, left: number, total: number): boolean {
  const bottom = Math.min(size, top + tile);
  const right = Math.min(size, left + tile);
  for (let i = top; i < bottom; i++)
    for (let j = left; j < right; j++) {
      const value = matrix[i * size + j];
      const off = Math.abs(value + matrix[j * size + i] - total);
      if (!(off <= 2 * Number.EPSILON * Math.max(Math.abs(total), Math.abs(value)))) return false;
    }
  return true;
}

/**
 * y = M·x for a matrix [A, A] with m_ij + m_ji = c, from its upper half: y_i = Σ_(j ≥ i) m_ij x_j + c·Σ_(j < i) x_j − Σ_(j < i) m_ji x_j,
 * block by block.
 * @param total c. @param threads of the library.
 */
export function halfProduct(
  blas: Pick<Blas, 'addBlock'>,
  matrix: Float64Array,
  size: number,
  total: number,
  threads: number,
  vector: Float64Array,
  result: Float64Array,
): void {
  const blockRows = rowsOf(threads);
  let before = 0;
  for (let top = 0; top < size; top += blockRows) {
    const bottom = Math.min(size, top + blockRows);
    result.fill(total * before, top, bottom);
    for (let i = top; i < bottom; i++) before += vector[i];
  }
  for (let top = 0; top < size; top += blockRows) {
    const rows = Math.min(blockRows, size - top);
    const own = vector.subarray(top, top + rows);
    const ownResult = result.subarray(top, top + rows);
    blas.addBlock(matrix.subarray(top * size + top), rows, rows, size, false, own, ownResult);
    for (let left = top + rows; left < size; left += blockColumns) {
      const columns = Math.min(blockColumns, size - left);
      const block = matrix.subarray(top * size + left);
      blas.addBlock(block, rows, columns, size, false, vector.subarray(left, left + columns), ownResult);
      blas.addBlock(block, rows, columns, size, true, own, result.subarray(left, left + columns));
    }
  }
}
