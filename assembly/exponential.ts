// exp of two numbers at a time; `exponential` in src/numerics/exponential.ts is the same, one at a time, and says why.

// @ts-ignore: decorator
@external("env", "exp")
declare function exactly(x: f64): f64;

export const REACH: f64 = 708;
const PER_UNIT: f64 = 1.4426950408889634;
const HIGH: f64 = 0.6931471803691238;
const LOW: f64 = 1.9082149292705877e-10;
const ROUNDER: f64 = 6755399441055744;

// @ts-ignore: decorator
@inline
function pair(low: f64, high: f64): v128 {
  return f64x2.replace_lane(f64x2.splat(low), 1, high);
}

/** (exp r − 1 − r)/r² for |r| ≤ ln 2/2. */
// @ts-ignore: decorator
@inline
export function quotient(r: v128, square: v128): v128 {
  const first = f64x2.add(
    f64x2.add(f64x2.splat(0.5000000000000001), f64x2.mul(r, f64x2.splat(0.16666666666666669))),
    f64x2.mul(square, f64x2.add(f64x2.splat(0.041666666666623824), f64x2.mul(r, f64x2.splat(0.008333333333330039)))),
  );
  const second = f64x2.add(
    f64x2.add(f64x2.splat(0.0013888888917367081), f64x2.mul(r, f64x2.splat(0.00019841269863171557))),
    f64x2.mul(
      square,
      f64x2.add(f64x2.splat(2.4801521057868204e-5), f64x2.mul(r, f64x2.splat(2.7557268276905696e-6))),
    ),
  );
  const third = f64x2.add(f64x2.splat(2.7620201591031547e-7), f64x2.mul(r, f64x2.splat(2.5100472505694996e-8)));
  const fourth = f64x2.mul(square, square);
  return f64x2.add(first, f64x2.mul(fourth, f64x2.add(second, f64x2.mul(fourth, third))));
}

// @ts-ignore: decorator
@inline
export function reduced(x: v128): v128 {
  const rounder = f64x2.splat(ROUNDER);
  const z = f64x2.add(f64x2.mul(x, f64x2.splat(PER_UNIT)), rounder);
  const n = f64x2.sub(z, rounder);
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, f64x2.splat(HIGH))), f64x2.mul(n, f64x2.splat(LOW)));
  const square = f64x2.mul(r, r);
  const y = f64x2.add(f64x2.splat(1), f64x2.add(r, f64x2.mul(square, quotient(r, square))));
  // The low bits of z are the whole number n; 2^n is a matter of the exponent bits.
  return i64x2.add(y, i64x2.shl(z, 52));
}

// @ts-ignore: decorator
@inline
export function exponentials(x: v128): v128 {
  if (i64x2.all_true(f64x2.le(f64x2.abs(x), f64x2.splat(REACH)))) return reduced(x);
  return mixed(x);
}

function mixed(x: v128): v128 {
  return pair(one(f64x2.extract_lane(x, 0)), one(f64x2.extract_lane(x, 1)));
}

export function one(x: f64): f64 {
  return Math.abs(x) <= REACH ? f64x2.extract_lane(reduced(f64x2.splat(x)), 0) : exactly(x);
}
