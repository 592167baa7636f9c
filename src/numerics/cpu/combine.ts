import type { Scalar } from '../tensor.ts';
import type { CpuTensor } from './memory.ts';

/** out ← weight·x, or out ← out + weight·x, on one row. */
function accumulate(
  weight: number,
  x: Float64Array,
  from: number,
  out: Float64Array,
  to: number,
  columns: number,
  first: boolean,
): void {
  if (first) for (let j = 0; j < columns; j++) out[to + j] = weight * x[from + j];
  else for (let j = 0; j < columns; j++) out[to + j] += weight * x[from + j];
}

/** Coefficient of a row; one value serves all rows. */
function weightAt(coefficient: Scalar, row: number): number {
  if (typeof coefficient === 'number') return coefficient;
  const { data, rows } = coefficient as CpuTensor;
  return data[rows === 1 ? 0 : row];
}

function rowStart(x: CpuTensor, row: number): number {
  return x.rows === 1 ? 0 : row * x.columns;
}

/** out ← a·x + b·y + c·z on one row: the three terms of the mirror step, in one pass. */
function blend3(
  out: Float64Array,
  to: number,
  columns: number,
  a: number,
  x: CpuTensor,
  b: number,
  y: CpuTensor,
  c: number,
  z: CpuTensor,
  row: number,
): void {
  const { data: first } = x;
  const { data: second } = y;
  const { data: third } = z;
  const p = rowStart(x, row);
  const q = rowStart(y, row);
  const r = rowStart(z, row);
  for (let j = 0; j < columns; j++) out[to + j] = a * first[p + j] + b * second[q + j] + c * third[r + j];
}

/** Row `row` of out ← Σ_k c_k x_k; shapes are the caller's business. */
export function combineRow(
  coefficients: readonly Scalar[],
  terms: readonly CpuTensor[],
  row: number,
  out: CpuTensor,
): void {
  const { columns } = out;
  const to = row * columns;
  let k = 0;
  if (terms.length >= 3) {
    const [x, y, z] = terms;
    const [a, b, c] = coefficients;
    blend3(out.data, to, columns, weightAt(a, row), x, weightAt(b, row), y, weightAt(c, row), z, row);
    k = 3;
  }
  for (; k < terms.length; k++)
    accumulate(weightAt(coefficients[k], row), terms[k].data, rowStart(terms[k], row), out.data, to, columns, k === 0);
}
