/*
 * exp x = 2^n · exp r with n the whole number next to x/ln 2 and |r| ≤ ln 2/2; exp r = 1 + r + r²·q(r), q the polynomial of
 * degree 9 through (exp r − 1 − r)/r² at the Chebyshev nodes, whose error of 1.3e-17 in exp r is far below rounding. Half of
 * a small step's time is exponentials: compiled code (assembly/exponential.ts) takes two at a time in a fifth of the time of
 * Math.exp, and this is the same one at a time, operation for operation, so that both give the same bits.
 */

const reach = 708;
const perUnit = Math.LOG2E;
/** ln 2 in two pieces; products of the first with whole numbers below 2²⁰ are exact. */
const high = 0.6931471803691238;
const low = 1.9082149292705877e-10;
/** Adding and taking away 1.5·2⁵² rounds to a whole number. */
const rounder = 1.5 * 2 ** 52;
const exponentBias = 1024;
const powers = Float64Array.from({ length: 2 * exponentBias }, (_, e) => 2 ** (e - exponentBias));

/** (exp r − 1 − r)/r² for |r| ≤ ln 2/2. */
function quotient(r: number, square: number): number {
  const first =
    0.5000000000000001 + r * 0.16666666666666669 + square * (0.041666666666623824 + r * 0.008333333333330039);
  const second =
    0.0013888888917367081 + r * 0.00019841269863171557 + square * (2.4801521057868204e-5 + r * 2.7557268276905696e-6);
  const third = 2.7620201591031547e-7 + r * 2.5100472505694996e-8;
  const fourth = square * square;
  return first + fourth * (second + fourth * third);
}

/** exp x for any x, within 2 units in the last place of Math.exp; exactly 1 at 0; −∞ gives 0, NaN stays NaN. */
export function exponential(x: number): number {
  // Outside lie subnormal results, overflow, the infinities and NaN.
  if (!(Math.abs(x) <= reach)) return Math.exp(x);
  const n = x * perUnit + rounder - rounder;
  const r = x - n * high - n * low;
  const square = r * r;
  return (1 + (r + square * quotient(r, square))) * powers[n + exponentBias];
}

/** exp x − 1 − x ≥ 0 without cancellation: accurate to a few units in the last place near 0 too. */
export function exponentialExcess(x: number): number {
  const size = Math.abs(x);
  // The next term, x³/120 of it, is below rounding.
  if (size < 1e-5) return x * x * (0.5 + x * (1 / 6 + x * (1 / 24)));
  if (size <= 0.34657) return x * x * quotient(x, x * x);
  return Math.max(0, Math.expm1(x) - x);
}
