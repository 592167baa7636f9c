import { NashlabError } from '../../core/errors.ts';
import { copyInto } from '../copy.ts';
import { exponential } from '../exponential.ts';
import type { Ops } from '../ops.ts';
import { inUse } from '../scopes.ts';
import { mismatch, productShape } from '../shapes.ts';
import type { Scalar, Tensor } from '../tensor.ts';
import { arena } from './arena.ts';
import { combiner } from './combine.ts';
import type { CpuMemory, CpuTensor } from './memory.ts';
import type { Products } from './products.ts';
import { rowLogSoftmax, rowLogSumExp, rowMax, rowSoftmax, rowSum } from './rows.ts';
import { sparseMatVecRow } from './sparse.ts';

const use = inUse<CpuTensor>;

/** The operations on row-major float64 typed arrays. */
export function cpuOps(memory: CpuMemory, { multiply }: Products): Ops {
  const { like } = memory;
  const kernels = arena()?.kernels;
  const combine = combiner(memory, kernels);

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

  const ops: Ops = {
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

    combine: (coefficients, terms) => combine(coefficients, terms, false),
    combineLogSoftmax: (coefficients, terms) => combine(coefficients, terms, true),

    exp(x) {
      const source = use(x);
      const lent = memory.lend(source);
      if (lent !== undefined) return lent;
      const out = like(source);
      if (source.exponentials !== undefined) copyInto(out.data, source.exponentials.data, 0);
      else if (kernels !== undefined && source.at > 0 && out.at > 0) kernels.exp(source.at, out.at, out.data.length);
      else for (let i = 0; i < out.data.length; i++) out.data[i] = exponential(source.data[i]);
      return out;
    },
    log: (x) => map(x, Math.log),
    sigmoid(x) {
      const source = use(x);
      const out = like(source);
      const { data } = out;
      if (kernels !== undefined && source.at > 0 && out.at > 0) kernels.sigmoid(source.at, out.at, data.length);
      else for (let i = 0; i < data.length; i++) data[i] = 1 / (1 + exponential(-source.data[i]));
      return out;
    },
    positivePart: (x) => map(x, (value) => Math.max(value, 0)),
    xlogy: (x, y) => zip('xlogy', x, y, (a, b) => (a === 0 ? 0 : a * Math.log(b))),

    sum: (x) => reduce(x, rowSum),
    max: (x) => reduce(x, rowMax),
    logSumExp: (x) => reduce(x, rowLogSumExp),
    softmax: (x) => perRow(x, rowSoftmax),
    logSoftmax(x) {
      const source = use(x);
      const out = like(source);
      const e = memory.withExponentials(out);
      const { rows, columns } = source;
      if (kernels !== undefined && source.at > 0 && out.at > 0 && e.at > 0)
        kernels.logSoftmax(source.at, out.at, e.at, rows, columns);
      else for (let r = 0; r < rows; r++) rowLogSoftmax(source.data, out.data, e.data, r * columns, columns);
      return out;
    },

    matVec(matrix, vector) {
      const m = use(matrix);
      const v = use(vector);
      const { runs, height } = productShape(m, v);
      const out = height === v.columns && runs === v.rows ? like(v) : memory.allocate([runs, height], runs, height);
      multiply(m, v, out, m.rows === 1);
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
          const product = memory.allocate([v.rows, to - from], v.rows, to - from);
          multiply(part, v, product, true);
          for (let r = 0; r < v.rows; r++)
            out.data.set(product.data.subarray(r * (to - from), (r + 1) * (to - from)), r * rows + from);
        });
      }
      return out;
    },

    sparseMatVec(matrix, vector) {
      const v = use(vector);
      if (v.columns !== matrix.columns)
        throw new NashlabError('bad-parameter', {
          what: `sparseMatVec: a vector of shape [${v.shape}]`,
          expected: `[B, ${matrix.columns}]`,
        });
      const out = memory.allocate([v.rows, matrix.rows], v.rows, matrix.rows);
      for (let r = 0; r < v.rows; r++) sparseMatVecRow(matrix, v.data, r * v.columns, out.data, r * matrix.rows);
      return out;
    },

    stack(tensors, rows) {
      const { columns, exponentials: known } = use(tensors[0]);
      const out = memory.allocate([tensors.length * rows, columns], tensors.length * rows, columns);
      const e = known === undefined ? undefined : memory.withExponentials(out).data;
      let to = 0;
      for (let k = 0; k < tensors.length; k++) {
        const part = use(tensors[k]);
        if (part.columns !== columns || (part.rows !== rows && part.rows !== 1)) throw mismatch('stack', out, part);
        const { data, exponentials } = part;
        for (const end = to + rows * columns; to < end; to += data.length) {
          copyInto(out.data, data, to);
          if (e !== undefined) copyInto(e, (exponentials ?? use(ops.exp(part))).data, to);
        }
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
  return ops;
}
