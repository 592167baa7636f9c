/**
 * P(a ≻ b) = σ(r_a − r_b) as a sum of few products. For a fixed opponent, r ↦ σ(r − r_b) is interpolated on the range of the
 * scores in n + 1 Chebyshev points x_q: σ(r_a − r_b) ≈ Σ_q ℓ_q(r_a)·σ(x_q − r_b), ℓ_q the Lagrange polynomials.
 *
 * Error. σ has its poles at ±πi + 2πim, so r ↦ σ(r − r_b) is analytic for |Im r| < π whatever r_b is, and there
 * |σ| ≤ 1 up to |Im r| = π/2 and ≤ 1/sin|Im r| beyond (|1 + c·e^{iφ}| ≥ |sin φ| for c ≥ 0). Scaled to [−1, 1] by the half
 * width w, the strip |Im r| ≤ Y < π holds the Bernstein ellipse of ρ = Y/w + √(1 + (Y/w)²), and the interpolant in Chebyshev
 * points of the second kind errs by at most 4·M·ρ^−n/(ρ − 1) (Trefethen 2013, theorem 8.2). The least n over a grid of Y
 * for which this is ≤ 2^−54 is taken: 47 points for scores within 6 of each other, about 7 more per unit of range. Rounding
 * adds a few ε: Σ_q |ℓ_q| ≤ 2/π·log(n + 1) + 1.
 */
export interface LogisticNodes {
  readonly points: Float64Array;
  /** Barycentric weights: (−1)^q, halved at both ends. */
  readonly weights: Float64Array;
}

/** The bound 4·M·ρ^−n/(ρ − 1) on the error of n + 1 points on a range of half width `halfWidth`, least over a grid of strips. */
export function interpolationBound(degree: number, halfWidth: number): number {
  let least = Infinity;
  for (let k = 32; k < 64; k++) {
    const strip = (Math.PI * k) / 64;
    const largest = k <= 32 ? 1 : 1 / Math.sin(strip);
    const ratio = strip / halfWidth;
    const rho = ratio + Math.sqrt(1 + ratio * ratio);
    least = Math.min(least, (4 * largest * rho ** -degree) / (rho - 1));
  }
  return least;
}

const allowed = 2 ** -54;

/** The Chebyshev points for scores in [low, high], as few as the error bound allows. */
export function logisticNodes(low: number, high: number): LogisticNodes {
  // Equal scores, too, need a range to put points on.
  const halfWidth = Math.max((high - low) / 2, 0.5);
  const centre = low + (high - low) / 2;
  // The bound falls by about π/halfWidth per degree: an estimate from below, then one by one.
  let degree = Math.max(1, Math.floor(30 / Math.log1p(Math.PI / halfWidth + Math.PI ** 2 / halfWidth ** 2)));
  while (interpolationBound(degree, halfWidth) > allowed) degree++;
  return {
    points: Float64Array.from({ length: degree + 1 }, (_, q) => centre + halfWidth * Math.cos((q * Math.PI) / degree)),
    weights: Float64Array.from({ length: degree + 1 }, (_, q) => (q % 2 === 0 ? 1 : -1) * (q % degree === 0 ? 0.5 : 1)),
  };
}

/** ℓ_q(score) of every point, by the barycentric formula, into `row` from `offset`. */
export function lagrangeRow(
  { points, weights }: LogisticNodes,
  score: number,
  row: Float64Array,
  offset: number,
): void {
  let sum = 0;
  for (let q = 0; q < points.length; q++) {
    const distance = score - points[q];
    if (distance === 0) {
      row.fill(0, offset, offset + points.length);
      row[offset + q] = 1;
      return;
    }
    row[offset + q] = weights[q] / distance;
    sum += row[offset + q];
  }
  for (let q = 0; q < points.length; q++) row[offset + q] /= sum;
}
