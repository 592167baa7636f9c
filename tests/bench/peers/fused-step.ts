/** The arrays and weights of one step: θ⁺ = keep·centre + pull·log ρ + push·P·opponent, then normalised. */
export interface FusedStep {
  /** P, row-major `[A, A]`. */
  readonly matrix: Float64Array;
  /** log ρ, `[A]`. */
  readonly reference: Float64Array;
  readonly keep: number;
  readonly pull: number;
  readonly push: number;
}

/**
 * One step, fused by hand: the two-by-two blocking of `matVecRow`, the blend and the maximum in the same pass, and the
 * softmax, whose exponentials are the next step's probabilities. Allocates nothing.
 *
 * @param opponent probabilities `[A]`, read before `policy` is written, so the two may be one array.
 * @param centre log-probabilities `[A]`; may be `log`.
 * @param log receives log π⁺. @param policy receives π⁺.
 */
export function fusedStep(
  { matrix, reference, keep, pull, push }: FusedStep,
  opponent: Float64Array,
  centre: Float64Array,
  log: Float64Array,
  policy: Float64Array,
): void {
  const size = centre.length;
  const even = size - (size % 2);
  let top = -Infinity;
  let i = 0;
  for (; i < even; i += 2) {
    const upper = i * size;
    const lower = upper + size;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let j = 0;
    for (; j < even; j += 2) {
      const x = opponent[j];
      const y = opponent[j + 1];
      a += matrix[upper + j] * x;
      b += matrix[upper + j + 1] * y;
      c += matrix[lower + j] * x;
      d += matrix[lower + j + 1] * y;
    }
    if (j < size) {
      a += matrix[upper + j] * opponent[j];
      c += matrix[lower + j] * opponent[j];
    }
    const first = keep * centre[i] + pull * reference[i] + push * (a + b);
    const second = keep * centre[i + 1] + pull * reference[i + 1] + push * (c + d);
    log[i] = first;
    log[i + 1] = second;
    if (first > top) top = first;
    if (second > top) top = second;
  }
  if (i < size) {
    const last = i * size;
    let a = 0;
    let b = 0;
    for (let j = 0; j < even; j += 2) {
      a += matrix[last + j] * opponent[j];
      b += matrix[last + j + 1] * opponent[j + 1];
    }
    a += matrix[last + even] * opponent[even];
    const value = keep * centre[i] + pull * reference[i] + push * (a + b);
    log[i] = value;
    if (value > top) top = value;
  }

  let total = 0;
  for (let k = 0; k < size; k++) {
    const value = Math.exp(log[k] - top);
    policy[k] = value;
    total += value;
  }
  const shift = top + Math.log(total);
  const scale = 1 / total;
  for (let k = 0; k < size; k++) {
    log[k] -= shift;
    policy[k] *= scale;
  }
}

/**
 * The regularised gap 2τ·KL(π‖BR_τ(π)) of one run, with 1/τ = push/pull.
 * @param policy probabilities `[A]`. @param log their logarithms.
 * @param reply scratch `[A]`: receives log ρ + Pπ/τ.
 */
export function fusedGap(
  { matrix, reference, pull, push }: FusedStep,
  policy: Float64Array,
  log: Float64Array,
  reply: Float64Array,
): number {
  const size = policy.length;
  let top = -Infinity;
  for (let i = 0; i < size; i++) {
    const from = i * size;
    let payoff = 0;
    for (let j = 0; j < size; j++) payoff += matrix[from + j] * policy[j];
    const value = reference[i] + (payoff * push) / pull;
    reply[i] = value;
    if (value > top) top = value;
  }
  let total = 0;
  let divergence = 0;
  for (let i = 0; i < size; i++) {
    total += Math.exp(reply[i] - top);
    divergence += policy[i] * (log[i] - reply[i]);
  }
  return ((2 * pull) / push) * (divergence + top + Math.log(total));
}
