/**
 * y_i = Σ_j m_ij x_j for one row of the batch, row-major, four running sums. The order of summation depends on nothing
 * but N, so a run's result is the same alone and in a batch.
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
  const whole = columns - (columns % 4);
  for (let i = 0; i < rows; i++) {
    const start = matrixOffset + i * columns;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let j = 0; j < whole; j += 4) {
      a += matrix[start + j] * vector[vectorOffset + j];
      b += matrix[start + j + 1] * vector[vectorOffset + j + 1];
      c += matrix[start + j + 2] * vector[vectorOffset + j + 2];
      d += matrix[start + j + 3] * vector[vectorOffset + j + 3];
    }
    for (let j = whole; j < columns; j++) a += matrix[start + j] * vector[vectorOffset + j];
    result[resultOffset + i] = a + b + (c + d);
  }
}
