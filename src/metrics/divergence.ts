/**
 * KL(p‖q) = Σ p·log(p/q) in nats from log-probabilities, one row of length `length` at each offset.
 *
 * Every term is written as p·log(p/q) − p + q ≥ 0, which sums to the same for normalised rows, cannot go negative, and
 * keeps full relative accuracy down to KL ≈ 1e-30. p = 0 is allowed; q = 0 under p > 0 gives ∞.
 */
export function klDivergence(
  logP: Float64Array,
  logQ: Float64Array,
  offsetP: number,
  offsetQ: number,
  length: number,
): number {
  let total = 0;
  for (let j = 0; j < length; j++) {
    const p = logP[offsetP + j];
    const q = logQ[offsetQ + j];
    if (p === q) continue;
    const d = p - q;
    if (Math.abs(d) > 1) {
      const mass = Math.exp(p);
      total += (mass === 0 ? 0 : mass * d) - mass + Math.exp(q);
    } else if (Math.abs(d) < 1e-3) {
      total += Math.exp(p) * d * d * (1 / 2 - d / 6 + (d * d) / 24 - (d * d * d) / 120);
    } else total += Math.exp(p) * (d + Math.expm1(-d));
  }
  return total;
}
