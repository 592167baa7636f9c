/** Tile of the transposition in elements: two tiles of float64 and float32 stay in the first cache. */
const tile = 32;

/** The transpose of a row-major `[rows, columns]` array, rounded to float32. */
export function transposed(values: ArrayLike<number>, rows: number, columns: number): Float32Array {
  const out = new Float32Array(rows * columns);
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(rows, top + tile);
    for (let left = 0; left < columns; left += tile) {
      const right = Math.min(columns, left + tile);
      for (let i = top; i < bottom; i++) for (let j = left; j < right; j++) out[j * rows + i] = values[i * columns + j];
    }
  }
  return out;
}
