import { exponential } from './exponential.ts';

/**
 * log-softmax of one row on the host. The maximum is subtracted first, so that log-probabilities near 0 keep their
 * accuracy even where logits are of order 1e6 (temperatures of 1e-6).
 */
export function normalisedLog(logits: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(logits);
  let top = -Infinity;
  for (let a = 0; a < values.length; a++) if (!(values[a] <= top)) top = values[a];
  let total = 0;
  for (let a = 0; a < values.length; a++) {
    values[a] -= top;
    total += exponential(values[a]);
  }
  const shift = Math.log(total);
  for (let a = 0; a < values.length; a++) values[a] -= shift;
  return values;
}
