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
  for (let j = 0; j < length; j++) total += Math.exp(x[offset + j] - top);
  return top + Math.log(total);
}

/** y = x − logSumExp(x), and e = exp(y), which comes along for the price of a product. */
export function rowLogSoftmax(x: Float64Array, y: Float64Array, e: Float64Array, offset: number, length: number): void {
  const top = rowMax(x, offset, length);
  let total = 0;
  for (let j = 0; j < length; j++) {
    const value = Math.exp(x[offset + j] - top);
    e[offset + j] = value;
    total += value;
  }
  const shift = Math.log(total);
  const scale = 1 / total;
  for (let j = 0; j < length; j++) {
    // The maximum first: their sum would round away what distinguishes logits of order 1e6.
    y[offset + j] = x[offset + j] - top - shift;
    e[offset + j] *= scale;
  }
}

export function rowSoftmax(x: Float64Array, y: Float64Array, offset: number, length: number): void {
  const top = rowMax(x, offset, length);
  let total = 0;
  for (let j = 0; j < length; j++) {
    const value = Math.exp(x[offset + j] - top);
    y[offset + j] = value;
    total += value;
  }
  for (let j = 0; j < length; j++) y[offset + j] /= total;
}
