import type { Scalar } from '../tensor.ts';
import type { Block, Kernels } from './arena.ts';
import type { CpuTensor } from './memory.ts';
import { rowLogSoftmax } from './rows.ts';

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
function combineRow(coefficients: readonly Scalar[], terms: readonly CpuTensor[], row: number, out: CpuTensor): void {
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

const rowBytes = (x: CpuTensor): number => (x.rows === 1 ? 0 : 8 * x.columns);

/** Rows `row` to `row + rows` by compiled code, with the weights of row `row`. */
function combineCompiled(
  kernels: Kernels,
  coefficients: readonly Scalar[],
  terms: readonly CpuTensor[],
  row: number,
  rows: number,
  out: CpuTensor,
  e: number,
): void {
  const { columns } = out;
  const x = terms[0];
  const y = terms[1];
  const xStep = rowBytes(x);
  const yStep = rowBytes(y);
  const a = weightAt(coefficients[0], row);
  const b = weightAt(coefficients[1], row);
  const to = out.at + 8 * row * columns;
  const also = e === 0 ? 0 : e + 8 * row * columns;
  if (terms.length === 2) {
    kernels.combine2(a, x.at + row * xStep, xStep, b, y.at + row * yStep, yStep, to, also, rows, columns);
    return;
  }
  const z = terms[2];
  const zStep = rowBytes(z);
  const c = weightAt(coefficients[2], row);
  const last = z.at + row * zStep;
  kernels.combine3(a, x.at + row * xStep, xStep, b, y.at + row * yStep, yStep, c, last, zStep, to, also, rows, columns);
}

function allShared(coefficients: readonly Scalar[]): boolean {
  for (let k = 0; k < coefficients.length; k++) if (typeof coefficients[k] !== 'number') return false;
  return true;
}

/** Compiled code combines two or three terms, all of them within its reach. */
function allReached(terms: readonly CpuTensor[]): boolean {
  for (let k = 0; k < terms.length; k++) if (terms[k].at === 0) return false;
  return terms.length === 2 || terms.length === 3;
}

/**
 * out ← Σ_k c_k x_k, two or three terms by compiled code where it reaches them; the same bits either way.
 * @param exponentials given, out ← the log-softmax of that, and this its exponentials.
 */
export function combineRows(
  kernels: Kernels | undefined,
  coefficients: readonly Scalar[],
  terms: readonly CpuTensor[],
  out: CpuTensor,
  exponentials?: Block,
): void {
  const { rows, columns } = out;
  const e = exponentials === undefined ? 0 : exponentials.at;
  if (kernels !== undefined && out.at > 0 && (exponentials === undefined || e > 0) && allReached(terms)) {
    const step = allShared(coefficients) ? rows : 1;
    for (let r = 0; r < rows; r += step) combineCompiled(kernels, coefficients, terms, r, step, out, e);
    return;
  }
  for (let r = 0; r < rows; r++) {
    combineRow(coefficients, terms, r, out);
    if (exponentials !== undefined) rowLogSoftmax(out.data, out.data, exponentials.data, r * columns, columns);
  }
}
