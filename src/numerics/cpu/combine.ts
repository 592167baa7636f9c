import { inUse } from '../scopes.ts';
import { mismatch } from '../shapes.ts';
import type { Scalar, Tensor } from '../tensor.ts';
import type { Kernels } from './arena.ts';
import type { CpuMemory, CpuTensor } from './memory.ts';
import { rowLogSoftmax } from './rows.ts';

const use = inUse<CpuTensor>;

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

/** One row by compiled code, with its own weights. */
function combineCompiled(
  kernels: Kernels,
  coefficients: readonly Scalar[],
  terms: readonly CpuTensor[],
  row: number,
  out: CpuTensor,
  e: number,
): void {
  const { columns } = out;
  const x = terms[0];
  const y = terms[1];
  const first = x.at + 8 * rowStart(x, row);
  const second = y.at + 8 * rowStart(y, row);
  const a = weightAt(coefficients[0], row);
  const b = weightAt(coefficients[1], row);
  const to = out.at + 8 * row * columns;
  const also = e === 0 ? 0 : e + 8 * row * columns;
  if (terms.length === 2) {
    kernels.combine2(a, first, 0, b, second, 0, to, also, 1, columns);
    return;
  }
  const z = terms[2];
  const c = weightAt(coefficients[2], row);
  kernels.combine3(a, first, 0, b, second, 0, c, z.at + 8 * rowStart(z, row), 0, to, also, 1, columns);
}

/** Compiled code combines two or three terms, all of them within its reach. */
function allReached(terms: readonly CpuTensor[]): boolean {
  for (let k = 0; k < terms.length; k++) if (terms[k].at === 0) return false;
  return terms.length === 2 || terms.length === 3;
}

/** A tensor of the shape of Σ_k c_k x_k. */
function roomFor(memory: CpuMemory, coefficients: readonly Scalar[], terms: readonly CpuTensor[]): CpuTensor {
  let widest = terms[0];
  for (const term of terms) if (term.rows > widest.rows) widest = term;
  let { rows } = widest;
  for (let k = 0; k < terms.length; k++) {
    const c = coefficients[k];
    if (typeof c !== 'number') rows = Math.max(rows, use(c).rows);
  }
  const { columns } = widest;
  for (const term of terms)
    if (term.columns !== columns || (term.rows !== rows && term.rows !== 1)) throw mismatch('combine', widest, term);
  return rows === widest.rows ? memory.like(widest) : memory.allocate([rows, columns], rows, columns);
}

/** out ← Σ_k c_k x_k, normalised where it has room for exponentials, by compiled code where that reaches everything. */
function combineRows(
  kernels: Kernels | undefined,
  coefficients: readonly Scalar[],
  terms: readonly CpuTensor[],
  out: CpuTensor,
): void {
  const { rows, columns, exponentials } = out;
  const e = exponentials === undefined ? 0 : exponentials.at;
  if (kernels !== undefined && out.at > 0 && (exponentials === undefined || e > 0) && allReached(terms)) {
    for (let r = 0; r < rows; r++) combineCompiled(kernels, coefficients, terms, r, out, e);
    return;
  }
  for (let r = 0; r < rows; r++) {
    combineRow(coefficients, terms, r, out);
    if (exponentials !== undefined) rowLogSoftmax(out.data, out.data, exponentials.data, r * columns, columns);
  }
}

const fits = (x: CpuTensor, rows: number, columns: number): boolean =>
  x.at > 0 && x.columns === columns && (x.rows === rows || x.rows === 1);

/** Σ_k c_k x_k as a new tensor or, `normalised`, the log-softmax of it; the same bits by compiled code and by loops. */
export function combiner(memory: CpuMemory, kernels: Kernels | undefined) {
  const generally = (coefficients: readonly Scalar[], terms: readonly Tensor[], normalised: boolean): CpuTensor => {
    const used = terms.map(use);
    const out = roomFor(memory, coefficients, used);
    if (normalised) memory.withExponentials(out);
    combineRows(kernels, coefficients, used, out);
    return out;
  };
  if (kernels === undefined) return generally;

  /**
   * Written out for what nearly every step is made of: two or three terms within reach and of one shape, single rows apart,
   * with weights that all runs share. At ten actions the general way would take longer than the work itself.
   */
  return (coefficients: readonly Scalar[], terms: readonly Tensor[], normalised: boolean): CpuTensor => {
    const count = terms.length;
    const a = coefficients[0];
    const b = coefficients[1];
    const c = count === 3 ? coefficients[2] : 0;
    if (count < 2 || count > 3 || typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number')
      return generally(coefficients, terms, normalised);
    const x = use(terms[0]);
    const y = use(terms[1]);
    const z = count === 3 ? use(terms[2]) : y;
    const pair = y.rows > x.rows ? y : x;
    const widest = z.rows > pair.rows ? z : pair;
    const { rows, columns } = widest;
    if (!fits(x, rows, columns) || !fits(y, rows, columns) || !fits(z, rows, columns))
      return generally(coefficients, terms, normalised);
    const out = memory.like(widest);
    const e = normalised ? memory.withExponentials(out).at : 0;
    if (out.at === 0 || (normalised && e === 0)) {
      combineRows(undefined, coefficients, terms as readonly CpuTensor[], out);
      return out;
    }
    const bytes = 8 * columns;
    const xStep = x.rows === 1 ? 0 : bytes;
    const yStep = y.rows === 1 ? 0 : bytes;
    if (count === 2) kernels.combine2(a, x.at, xStep, b, y.at, yStep, out.at, e, rows, columns);
    else {
      const zStep = z.rows === 1 ? 0 : bytes;
      kernels.combine3(a, x.at, xStep, b, y.at, yStep, c, z.at, zStep, out.at, e, rows, columns);
    }
    return out;
  };
}
