// What a check measures, row by row: the same operations in the same order as the loops of src/numerics/cpu/measures.ts and
// src/numerics/divergence.ts. Strides in bytes from row to row, 0 where one row serves all.
import { one, quotient } from './exponential';
import { combine2, higher, topOf } from './vectors';

// @ts-ignore: decorator
@external("env", "expm1")
declare function expm1(x: f64): f64;

/** out[r] = Σ_a p_a·(max u − u_a). */
export function gains(p: usize, pStride: usize, u: usize, uStride: usize, out: usize, rows: i32, columns: i32): void {
  const bytes = (<usize>(columns & ~1)) << 3;
  const odd = columns & 1;
  for (let r = 0; r < rows; r++) {
    let best = v128.load64_splat(u);
    for (let k: usize = 0; k < bytes; k += 16) best = higher(best, v128.load(u + k));
    const top = topOf(best, u, bytes, odd);
    const tops = f64x2.splat(top);
    let total: f64 = 0;
    for (let k: usize = 0; k < bytes; k += 16) {
      const lost = f64x2.mul(v128.load(p + k), f64x2.sub(tops, v128.load(u + k)));
      total += f64x2.extract_lane(lost, 0);
      total += f64x2.extract_lane(lost, 1);
    }
    if (odd) total += load<f64>(p + bytes) * (top - load<f64>(u + bytes));
    store<f64>(out, total);
    p += pStride;
    u += uStride;
    out += 8;
  }
}

/** exp x − 1 − x ≥ 0 for |x| ≤ ln 2/2. */
// @ts-ignore: decorator
@inline
function excess(x: v128): v128 {
  const square = f64x2.mul(x, x);
  const third = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(x, f64x2.splat(1.0 / 24.0)));
  const series = f64x2.mul(square, f64x2.add(f64x2.splat(0.5), f64x2.mul(x, third)));
  const tiny = f64x2.lt(f64x2.abs(x), f64x2.splat(1e-5));
  return v128.bitselect(series, f64x2.mul(square, quotient(x, square)), tiny);
}

/** One term p·log(p/q) − p + q of a divergence, from log p, log q and p. */
function term(p: f64, q: f64, mass: f64): f64 {
  if (p == q) return 0;
  const d = p - q;
  const size = Math.abs(d);
  if (size > 1) return (mass == 0 ? 0 : mass * d) - mass + one(q);
  if (size <= 0.34657) return mass * f64x2.extract_lane(excess(f64x2.splat(-d)), 0);
  return mass * Math.max(0, expm1(-d) + d);
}

/**
 * out[r] = KL(p‖q), q the log-softmax of reference + weight·u, from log p and p; `room` holds two rows, of log q and q.
 */
export function responseDivergence(
  log: usize,
  logStride: usize,
  p: usize,
  pStride: usize,
  u: usize,
  uStride: usize,
  reference: usize,
  referenceStride: usize,
  weight: usize,
  weightStride: usize,
  room: usize,
  out: usize,
  rows: i32,
  columns: i32,
): void {
  const bytes = (<usize>(columns & ~1)) << 3;
  const odd = columns & 1;
  const q = room;
  const masses = room + ((<usize>columns) << 3);
  const reach = f64x2.splat(0.34657);
  for (let r = 0; r < rows; r++) {
    combine2(1, reference, 0, load<f64>(weight), u, 0, q, masses, 1, columns);

    let total: f64 = 0;
    for (let k: usize = 0; k < bytes; k += 16) {
      const d = f64x2.sub(v128.load(log + k), v128.load(q + k));
      if (i64x2.all_true(f64x2.le(f64x2.abs(d), reach))) {
        const terms = f64x2.mul(v128.load(p + k), excess(f64x2.neg(d)));
        total += f64x2.extract_lane(terms, 0);
        total += f64x2.extract_lane(terms, 1);
      } else {
        total += term(load<f64>(log + k), load<f64>(q + k), load<f64>(p + k));
        total += term(load<f64>(log + k, 8), load<f64>(q + k, 8), load<f64>(p + k, 8));
      }
    }
    if (odd) total += term(load<f64>(log + bytes), load<f64>(q + bytes), load<f64>(p + bytes));
    store<f64>(out, total);
    log += logStride;
    p += pStride;
    u += uStride;
    reference += referenceStride;
    weight += weightStride;
    out += 8;
  }
}
