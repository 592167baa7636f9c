/**
 * y_i = Σ_j m_ij x_j for one row of the batch, row-major; two rows and two columns at a time. The order of summation
 * depends on nothing but the shape, so a run's result is the same alone and in a batch.
 */
export function matVecRow(
  matrix: Float64Array,
  matrixOffset: number,
  vector: Float64Array,
  vectorOffset: number,
  result: Float64Array,
  resultOffset: number,
  rows: number,
  columns: number,
): void {
  const evenRows = rows - (rows % 2);
  const evenColumns = columns - (columns % 2);
  let i = 0;
  for (; i < evenRows; i += 2) {
    const upper = matrixOffset + i * columns;
    const lower = upper + columns;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let j = 0;
    for (; j < evenColumns; j += 2) {
      const x = vector[vectorOffset + j];
      const y = vector[vectorOffset + j + 1];
      a += matrix[upper + j] * x;
      b += matrix[upper + j + 1] * y;
      c += matrix[lower + j] * x;
      d += matrix[lower + j + 1] * y;
    }
    if (j < columns) {
      a += matrix[upper + j] * vector[vectorOffset + j];
      c += matrix[lower + j] * vector[vectorOffset + j];
    }
    result[resultOffset + i] = a + b;
    result[resultOffset + i + 1] = c + d;
  }
  if (i === rows) return;
  const last = matrixOffset + i * columns;
  let a = 0;
  let b = 0;
  let j = 0;
  for (; j < evenColumns; j += 2) {
    a += matrix[last + j] * vector[vectorOffset + j];
    b += matrix[last + j + 1] * vector[vectorOffset + j + 1];
  }
  if (j < columns) a += matrix[last + j] * vector[vectorOffset + j];
  result[resultOffset + i] = a + b;
}
