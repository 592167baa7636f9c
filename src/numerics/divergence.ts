import { exponential, exponentialExcess } from './exponential.ts';

/**
 * KL(p‖q) = Σ p·log(p/q) in nats from log-probabilities, one row of length `length` at each offset.
 *
 * Every term is written as p·log(p/q) − p + q ≥ 0, which sums to the same for normalised rows, cannot go negative, and
 * keeps its first digits down to KL ≈ 1e-24, where the plain sum loses them at 1e-16. p = 0 is allowed; q = 0 under
 * p > 0 gives ∞.
 * @param masses exp of `logP`, where it is at hand.
 */
export function klDivergence(
  logP: Float64Array,
  logQ: Float64Array,
  offsetP: number,
  offsetQ: number,
  length: number,
  masses?: Float64Array,
): number {
  let total = 0;
  for (let j = 0; j < length; j++) {
    const p = logP[offsetP + j];
    const q = logQ[offsetQ + j];
    if (p === q) continue;
    const d = p - q;
    const mass = masses === undefined ? exponential(p) : masses[offsetP + j];
    if (Math.abs(d) > 1) {
      total += (mass === 0 ? 0 : mass * d) - mass + exponential(q);
    } else total += mass * exponentialExcess(-d);
  }
  return total;
}
