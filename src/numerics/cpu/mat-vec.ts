import type { Kernels } from './arena.ts';
import type { CpuTensor } from './memory.ts';

/**
 * out[b, i] = Σ_j m[b|0, i, j]·v[b|0, j], by compiled code where all three lie in its reach, else by loops: the same
 * bits either way.
 */
export function multiply(
  kernels: Kernels | undefined,
  m: CpuTensor,
  v: CpuTensor,
  out: CpuTensor,
  sharedMatrix: boolean,
): void {
  const runs = out.rows;
  const height = out.columns;
  const width = v.columns;
  const matrixStep = sharedMatrix ? 0 : height * width;
  const vectorStep = v.rows === 1 ? 0 : width;
  if (kernels !== undefined && m.at > 0 && v.at > 0 && out.at > 0) {
    kernels.matVec(m.at, 8 * matrixStep, v.at, 8 * vectorStep, out.at, runs, height, width);
    return;
  }
  for (let r = 0; r < runs; r++)
    matVecRow(m.data, r * matrixStep, v.data, r * vectorStep, out.data, r * height, height, width);
}

/**
 * y_i = Σ_j m_ij x_j for one row of the batch, row-major; two rows and two columns at a time. The order of summation
 * depends on nothing but the shape, so a run's result is the same alone and in a batch.
 */
function matVecRow(
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
