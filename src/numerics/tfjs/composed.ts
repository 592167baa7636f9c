import type { Device, Handle } from './device.ts';
import type { Scalars } from './scalars.ts';

/** Stands for −∞ where −∞ − (−∞) would be no number: float32's lowest. */
const lowest = -3.4028234663852886e38;

export type BinaryKernel = 'Add' | 'Sub' | 'Multiply' | 'RealDiv' | 'Maximum' | 'Equal';

export interface Composed {
  binary(kernel: BinaryKernel, a: Handle, b: Handle): Handle;
  /** Runs `last` on `first`, and frees that. */
  then(first: Handle, last: (made: Handle) => Handle): Handle;
  sum(x: Handle): Handle;
  max(x: Handle): Handle;
  log(x: Handle): Handle;
  xlogy(x: Handle, y: Handle): Handle;
  logSumExp(x: Handle): Handle;
  logSoftmax(x: Handle): Handle;
  /** Σ_k c_k x_k; a coefficient 1 costs nothing. */
  combine(coefficients: readonly (Handle | 1)[], terms: readonly Handle[]): Handle;
}

/** Operations that tfjs has no kernel for, composed of those it has; arrays `[B, A]`, every result a new one. */
export function composedOf({ run, free, infiniteLogs }: Device, scalars: Scalars): Composed {
  const then = (first: Handle, last: (made: Handle) => Handle): Handle => {
    const out = last(first);
    free(first);
    return out;
  };
  const binary = (kernel: BinaryKernel, a: Handle, b: Handle): Handle => run(kernel, { a, b });
  const sum = (x: Handle): Handle => run('Sum', { x }, { axis: [1], keepDims: true });
  const max = (x: Handle): Handle => run('Max', { x }, { reductionIndices: [1], keepDims: true });
  /** `yes` where x = 0, else `no`; all of one shape, as tfjs's kernels do not agree on how they would broadcast. */
  const whereZero = (x: Handle, yes: Handle, no: Handle): Handle =>
    then(binary('Equal', x, scalars.of(0)), (condition) => run('Select', { condition, t: yes, e: no }));

  const log = (x: Handle): Handle => {
    const logs = run('Log', { x });
    if (infiniteLogs) return logs;
    const none = then(binary('Multiply', x, scalars.of(0)), (zeros) => binary('Add', zeros, scalars.of(-Infinity)));
    const out = whereZero(x, none, logs);
    free(none);
    free(logs);
    return out;
  };
  const logOfSum = (shifted: Handle): Handle => then(then(run('Exp', { x: shifted }), sum), log);

  return {
    binary,
    then,
    sum,
    max,
    log,
    // Where x = 0 the product may be 0·(−∞); x itself is the 0 wanted there.
    xlogy: (x, y) =>
      then(
        then(log(y), (logs) => binary('Multiply', x, logs)),
        (product) => whereZero(x, x, product),
      ),
    logSumExp(x) {
      const top = then(max(x), (most) => binary('Maximum', most, scalars.of(lowest)));
      const out = then(then(binary('Sub', x, top), logOfSum), (rest) => binary('Add', rest, top));
      free(top);
      return out;
    },
    logSoftmax(x) {
      // The maximum first: its sum with the shift would round away what distinguishes large logits.
      const shifted = then(max(x), (top) => binary('Sub', x, top));
      const out = then(logOfSum(shifted), (shift) => binary('Sub', shifted, shift));
      free(shifted);
      return out;
    },
    combine(coefficients, terms) {
      /** A term that stands alone is scaled even by 1, so that the result is an array of its own. */
      const scaled = (k: number): { handle: Handle; own: boolean } => {
        const coefficient = coefficients[k];
        return coefficient === 1 && terms.length > 1
          ? { handle: terms[k], own: false }
          : { handle: binary('Multiply', terms[k], coefficient === 1 ? scalars.of(1) : coefficient), own: true };
      };
      let total = scaled(0);
      for (let k = 1; k < terms.length; k++) {
        const before = total;
        const term = scaled(k);
        total = { handle: binary('Add', before.handle, term.handle), own: true };
        if (before.own) free(before.handle);
        if (term.own) free(term.handle);
      }
      return total.handle;
    },
  };
}
