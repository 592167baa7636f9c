import { exponential } from '../exponential.ts';

/** Kernels on one row of a `[B, A]` array: reductions and the softmax family, all shifted by the maximum. */

export function rowMax(x: Float64Array, offset: number, length: number): number {
  let best = x[offset];
  for (let j = 1; j < length; j++) {
    const value = x[offset + j];
    if (value > best || Number.isNaN(value)) best = value;
  }
  return best;
}

export function rowSum(x: Float64Array, offset: number, length: number): number {
  let total = 0;
  for (let j = 0; j < length; j++) total += x[offset + j];
  return total;
}

/** log Σ exp x_j; −∞ for a row of −∞. */
export function rowLogSumExp(x: Float64Array, offset: number, length: number): number {
  const top = rowMax(x, offset, length);
  if (top === -Infinity) return top;
  let total = 0;
  for (let j = 0; j < length; j++) total += exponential(x[offset + j] - top);
  return top + Math.log(total);
}

/**
 * y = x − logSumExp(x), and e = exp(y), which comes along for the price of a product. The exponentials of even and odd
 * columns are summed apart, as compiled code does.
 */
export function rowLogSoftmax(x: Float64Array, y: Float64Array, e: Float64Array, offset: number, length: number): void {
  const top = rowMax(x, offset, length);
  const end = offset + length - (length % 2);
  let even = 0;
  let odd = 0;
  for (let j = offset; j < end; j += 2) {
    e[j] = exponential(x[j] - top);
    even += e[j];
    e[j + 1] = exponential(x[j + 1] - top);
    odd += e[j + 1];
  }
  if (length % 2 === 1) {
    e[end] = exponential(x[end] - top);
    even += e[end];
  }
  const total = even + odd;
  const shift = Math.log(total);
  const scale = 1 / total;
  for (let j = offset; j < offset + length; j++) {
    // The maximum first: their sum would round away what distinguishes logits of order 1e6.
    y[j] = x[j] - top - shift;
    e[j] *= scale;
  }
}

export function rowSoftmax(x: Float64Array, y: Float64Array, offset: number, length: number): void {
  const top = rowMax(x, offset, length);
  let total = 0;
  for (let j = 0; j < length; j++) {
    const value = exponential(x[offset + j] - top);
    y[offset + j] = value;
    total += value;
  }
  for (let j = 0; j < length; j++) y[offset + j] /= total;
}
