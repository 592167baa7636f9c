import { NashlabError } from '../../core/errors.ts';
import type { Ops } from '../ops.ts';
import { mismatch, productShape } from '../shapes.ts';
import type { Scalar, Shape, Tensor } from '../tensor.ts';
import { type BinaryKernel, composedOf } from './composed.ts';
import type { Device, Handle } from './device.ts';
import { transposed } from './matrices.ts';
import { type DeviceMemory, type DeviceTensor, use } from './memory.ts';
import type { Scalars } from './scalars.ts';

/** The operations on a device, composed of tfjs's kernels; float32. */
export function deviceOps(device: Device, memory: DeviceMemory, scalars: Scalars): Ops {
  const { run, free } = device;

  const { binary, then, sum, max, log, xlogy, logSumExp, logSoftmax, combine } = composedOf(device, scalars);
  const handleOf = (b: Scalar): Handle => (typeof b === 'number' ? scalars.of(b) : use(b).handle);

  const map = (kernel: string, x: Tensor): Tensor => {
    const source = use(x);
    return memory.adopt(run(kernel, { x: source.handle }), source.shape, source.transposed);
  };

  /** Shape of an elementwise result; [B, A] and a number, [B, 1] or [1, A]. */
  const fitted = (operation: string, left: DeviceTensor, b: Scalar): Shape => {
    if (typeof b === 'number') return left.shape;
    const right = use(b);
    const rows = Math.max(left.rows, right.rows);
    const fits = (x: DeviceTensor) =>
      x.shape.length === 2 && (x.rows === rows || x.rows === 1) && (x.columns === left.columns || x.columns === 1);
    if (!fits(left) || !fits(right)) throw mismatch(operation, left, right);
    return [rows, left.columns];
  };
  const zip = (operation: string, kernel: BinaryKernel, a: Tensor, b: Scalar): Tensor => {
    const left = use(a);
    const shape = fitted(operation, left, b);
    return memory.adopt(binary(kernel, left.handle, handleOf(b)), shape, left.transposed);
  };

  const reduce = (x: Tensor, reduction: (x: Handle) => Handle): Tensor => {
    const source = use(x);
    return memory.adopt(reduction(source.handle), [source.rows, 1]);
  };

  /** The combined terms, and their shape. */
  const combined = (coefficients: readonly Scalar[], terms: readonly Tensor[]): { handle: Handle; shape: Shape } => {
    const { columns } = use(terms[0]);
    const rowsOf = (x: Scalar): number => (typeof x === 'number' ? 1 : use(x).rows);
    const rows = Math.max(...terms.map(rowsOf), ...coefficients.map(rowsOf));
    for (const term of terms) {
      const x = use(term);
      if (x.columns !== columns || (x.rows !== rows && x.rows !== 1)) throw mismatch('combine', terms[0], term);
    }
    const handle = combine(
      coefficients.map((c) => (c === 1 ? c : handleOf(c))),
      terms.map((term) => use(term).handle),
    );
    return { handle, shape: [rows, columns] };
  };

  return {
    tensor(values, shape) {
      const size = shape.reduce((product, axis) => product * axis, 1);
      if (values.length !== size)
        throw new NashlabError('bad-parameter', {
          what: `tensor: ${values.length} values`,
          expected: `shape [${shape}]`,
        });
      device.checkSize(size, shape);
      const [draws, rows, columns] = shape;
      if (shape.length === 3 && draws === 1)
        return device.transposes
          ? memory.adopt(device.write(transposed(values, rows, columns), [columns, rows]), shape, true)
          : memory.adopt(device.write(Float32Array.from(values), [rows, columns]), shape);
      return memory.adopt(device.write(Float32Array.from(values), shape), shape);
    },
    fill(shape, value) {
      const size = shape.reduce((product, axis) => product * axis, 1);
      device.checkSize(size, shape);
      const onDevice = shape.length === 3 && shape[0] === 1 ? shape.slice(1) : shape;
      return memory.adopt(device.write(new Float32Array(size).fill(value), onDevice), shape);
    },
    add: (a, b) => zip('add', 'Add', a, b),
    sub: (a, b) => zip('sub', 'Sub', a, b),
    mul: (a, b) => zip('mul', 'Multiply', a, b),
    div: (a, b) => zip('div', 'RealDiv', a, b),

    combine(coefficients, terms) {
      const { handle, shape } = combined(coefficients, terms);
      return memory.adopt(handle, shape);
    },
    combineLogSoftmax(coefficients, terms) {
      const { handle, shape } = combined(coefficients, terms);
      return memory.adopt(then(handle, logSoftmax), shape);
    },

    exp: (x) => map('Exp', x),
    log(x) {
      const source = use(x);
      return memory.adopt(log(source.handle), source.shape, source.transposed);
    },
    sigmoid: (x) => map('Sigmoid', x),
    positivePart: (x) => map('Relu', x),
    xlogy(x, y) {
      const left = use(x);
      const right = use(y);
      const shape = fitted('xlogy', left, right);
      if (left.rows !== right.rows || left.columns !== right.columns) throw mismatch('xlogy', x, y);
      return memory.adopt(xlogy(left.handle, right.handle), shape);
    },

    sum: (x) => reduce(x, sum),
    max: (x) => reduce(x, max),
    logSumExp: (x) => reduce(x, logSumExp),
    softmax(x) {
      const source = use(x);
      return memory.adopt(run('Softmax', { logits: source.handle }, { dim: 1 }), source.shape);
    },
    logSoftmax(x) {
      const source = use(x);
      return memory.adopt(logSoftmax(source.handle), source.shape);
    },

    matVec(matrix, vector) {
      const m = use(matrix);
      const v = use(vector);
      const { runs, height } = productShape(m, v);
      const product = (a: Handle, b: Handle, transposeB: boolean): Handle =>
        run('BatchMatMul', { a, b }, { transposeA: false, transposeB });
      const shaped = (x: Handle, shape: Shape): Handle => run('Reshape', { x }, { shape });
      const flat = m.shape.length === 2;
      if (m.rows === 1) {
        const matrix = flat ? shaped(m.handle, [height, v.columns]) : m.handle;
        const out = product(v.handle, matrix, !m.transposed);
        if (flat) free(matrix);
        return memory.adopt(out, [runs, height]);
      }
      const matrices = flat ? shaped(m.handle, [m.rows, height, v.columns]) : m.handle;
      const columns = shaped(v.handle, [v.rows, v.columns, 1]);
      const out = then(product(matrices, columns, false), (x) => shaped(x, [runs, height]));
      free(columns);
      if (flat) free(matrices);
      return memory.adopt(out, [runs, height]);
    },

    rowBlocks(rows, blockRows, block, vector) {
      const v = use(vector);
      const flip = (x: Handle): Handle => run('Transpose', { x }, { perm: [1, 0] });
      const columns = flip(v.handle);
      const parts: Handle[] = [];
      try {
        for (let from = 0; from < rows; from += blockRows) {
          const to = Math.min(rows, from + blockRows);
          memory.scope(() => {
            const part = use(block(from, to));
            if (part.rows !== to - from || part.columns !== v.columns) throw mismatch('rowBlocks', part, vector);
            parts.push(run('BatchMatMul', { a: part.handle, b: columns }, { transposeA: false, transposeB: false }));
          });
        }
        const whole = run('Concat', parts, { axis: 0 });
        return memory.adopt(then(whole, flip), [v.rows, rows]);
      } finally {
        free(columns);
        for (const part of parts) free(part);
      }
    },

    select(mask, a, b) {
      const yes = use(a);
      const no = use(b);
      if (yes.rows !== no.rows || yes.columns !== no.columns) throw mismatch('select', a, b);
      const flags = new Uint8Array(yes.rows * yes.columns);
      for (let r = 0; r < yes.rows; r++) if (mask[r]) flags.fill(1, r * yes.columns, (r + 1) * yes.columns);
      const out = then(device.write(flags, [yes.rows, yes.columns]), (condition) =>
        run('Select', { condition, t: yes.handle, e: no.handle }),
      );
      return memory.adopt(out, yes.shape);
    },
  };
}
