import { NashlabError } from '../../core/errors.ts';
import type { Ops } from '../ops.ts';
import type { Scalar, Tensor } from '../tensor.ts';
import { combineRow } from './combine.ts';
import { matVecRow } from './mat-vec.ts';
import type { CpuMemory, CpuTensor } from './memory.ts';
import { rowLogSoftmax, rowLogSumExp, rowMax, rowSoftmax, rowSum } from './rows.ts';

function use(x: Tensor): CpuTensor {
  const tensor = x as CpuTensor;
  if (tensor.mark < 0) throw new Error('a released tensor was used');
  return tensor;
}

function mismatch(operation: string, a: Tensor, b: Tensor): NashlabError {
  return new NashlabError('bad-parameter', {
    what: `${operation}: shapes [${a.shape}] and [${b.shape}] do not fit`,
    expected: 'equal trailing axes and equal or single run axes',
  });
}

/** The operations on row-major float64 typed arrays. */
export function cpuOps(memory: CpuMemory): Ops {
  const like = (x: CpuTensor): CpuTensor => memory.allocate(x.shape, x.rows, x.columns);

  const zip = (operation: string, a: Tensor, b: Scalar, f: (x: number, y: number) => number): Tensor => {
    const left = use(a);
    if (typeof b === 'number') {
      const out = like(left);
      for (let i = 0; i < out.data.length; i++) out.data[i] = f(left.data[i], b);
      return out;
    }
    const right = use(b);
    const rows = Math.max(left.rows, right.rows);
    const fits = (x: CpuTensor) => (x.rows === rows || x.rows === 1) && (x.columns === left.columns || x.columns === 1);
    if (!fits(left) || !fits(right)) throw mismatch(operation, a, b);
    const out = left.rows === rows ? like(left) : memory.allocate([rows, left.columns], rows, left.columns);
    for (let r = 0; r < rows; r++) {
      const i = left.rows === 1 ? 0 : r * left.columns;
      const k = right.rows === 1 ? 0 : r * right.columns;
      const stride = right.columns === 1 ? 0 : 1;
      const o = r * left.columns;
      for (let j = 0; j < left.columns; j++) out.data[o + j] = f(left.data[i + j], right.data[k + j * stride]);
    }
    return out;
  };

  const map = (x: Tensor, f: (value: number) => number): Tensor => {
    const source = use(x);
    const out = like(source);
    for (let i = 0; i < out.data.length; i++) out.data[i] = f(source.data[i]);
    return out;
  };

  const reduce = (x: Tensor, f: (data: Float64Array, offset: number, length: number) => number): Tensor => {
    const source = use(x);
    const out = memory.allocate([source.rows, 1], source.rows, 1);
    for (let r = 0; r < source.rows; r++) out.data[r] = f(source.data, r * source.columns, source.columns);
    return out;
  };

  const perRow = (x: Tensor, f: (x: Float64Array, y: Float64Array, offset: number, length: number) => void): Tensor => {
    const source = use(x);
    const out = like(source);
    for (let r = 0; r < source.rows; r++) f(source.data, out.data, r * source.columns, source.columns);
    return out;
  };

  return {
    tensor(values, shape) {
      const rows = shape[0];
      const columns = shape.slice(1).reduce((product, axis) => product * axis, 1);
      if (values.length !== rows * columns)
        throw new NashlabError('bad-parameter', {
          what: `tensor: ${values.length} values`,
          expected: `shape [${shape}]`,
        });
      const out = memory.allocate(shape, rows, columns);
      out.data.set(values);
      return out;
    },
    fill(shape, value) {
      const columns = shape.slice(1).reduce((product, axis) => product * axis, 1);
      const out = memory.allocate(shape, shape[0], columns);
      out.data.fill(value);
      return out;
    },
    add: (a, b) => zip('add', a, b, (x, y) => x + y),
    sub: (a, b) => zip('sub', a, b, (x, y) => x - y),
    mul: (a, b) => zip('mul', a, b, (x, y) => x * y),
    div: (a, b) => zip('div', a, b, (x, y) => x / y),

    combine(coefficients, terms) {
      let widest = use(terms[0]);
      for (let k = 1; k < terms.length; k++) {
        const term = use(terms[k]);
        if (term.rows > widest.rows) widest = term;
      }
      let { rows } = widest;
      for (let k = 0; k < coefficients.length; k++) {
        const c = coefficients[k];
        if (typeof c !== 'number') rows = Math.max(rows, use(c).rows);
      }
      const { columns } = widest;
      const out = rows === widest.rows ? like(widest) : memory.allocate([rows, columns], rows, columns);
      for (let k = 0; k < terms.length; k++) {
        const term = terms[k] as CpuTensor;
        if (term.columns !== columns || (term.rows !== rows && term.rows !== 1))
          throw mismatch('combine', widest, term);
      }
      for (let r = 0; r < rows; r++) combineRow(coefficients, terms as readonly CpuTensor[], r, out);
      return out;
    },

    exp(x) {
      const source = use(x);
      const out = like(source);
      const { data } = out;
      // A loop: for short arrays a call to `set` costs more than the copy.
      if (source.hasExponentials) {
        const known = source.exponentials as Float64Array;
        for (let i = 0; i < data.length; i++) data[i] = known[i];
      } else for (let i = 0; i < data.length; i++) data[i] = Math.exp(source.data[i]);
      return out;
    },
    log: (x) => map(x, Math.log),
    sigmoid: (x) => map(x, (value) => 1 / (1 + Math.exp(-value))),
    xlogy: (x, y) => zip('xlogy', x, y, (a, b) => (a === 0 ? 0 : a * Math.log(b))),

    sum: (x) => reduce(x, rowSum),
    max: (x) => reduce(x, rowMax),
    logSumExp: (x) => reduce(x, rowLogSumExp),
    softmax: (x) => perRow(x, rowSoftmax),
    logSoftmax(x) {
      const source = use(x);
      const out = like(source);
      out.exponentials ??= new Float64Array(out.data.length);
      for (let r = 0; r < source.rows; r++)
        rowLogSoftmax(source.data, out.data, out.exponentials, r * source.columns, source.columns);
      out.hasExponentials = true;
      return out;
    },

    matVec(matrix, vector) {
      const m = use(matrix);
      const v = use(vector);
      const [draws, height, width] = m.shape;
      const rows = Math.max(draws, v.rows);
      if (width !== v.columns || (draws !== 1 && draws !== rows) || (v.rows !== 1 && v.rows !== rows))
        throw mismatch('matVec', matrix, vector);
      const out = height === width && rows === v.rows ? like(v) : memory.allocate([rows, height], rows, height);
      for (let r = 0; r < rows; r++) {
        const from = draws === 1 ? 0 : r * height * width;
        matVecRow(m.data, from, v.data, v.rows === 1 ? 0 : r * width, out.data, r * height, height, width);
      }
      return out;
    },

    rowBlocks(rows, blockRows, block, vector) {
      const v = use(vector);
      const out = memory.allocate([v.rows, rows], v.rows, rows);
      for (let from = 0; from < rows; from += blockRows) {
        const to = Math.min(rows, from + blockRows);
        memory.scope(() => {
          const part = use(block(from, to));
          if (part.rows !== to - from || part.columns !== v.columns) throw mismatch('rowBlocks', part, vector);
          for (let r = 0; r < v.rows; r++)
            matVecRow(part.data, 0, v.data, r * v.columns, out.data, r * rows + from, to - from, v.columns);
        });
      }
      return out;
    },

    select(mask, a, b) {
      const yes = use(a);
      const no = use(b);
      if (yes.rows !== no.rows || yes.columns !== no.columns) throw mismatch('select', a, b);
      const out = like(yes);
      for (let r = 0; r < yes.rows; r++) {
        const from = (mask[r] ? yes : no).data;
        for (let i = r * yes.columns; i < (r + 1) * yes.columns; i++) out.data[i] = from[i];
      }
      return out;
    },
  };
}
