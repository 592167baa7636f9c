// Row kernels: addresses in bytes, `columns` numbers a row, rows one after the other. The JavaScript loops of
// src/numerics/cpu/rows.ts and combine.ts do the same operations in the same order, hence the same bits.
import { exponentials, REACH, reduced } from './exponential';

// @ts-ignore: decorator
@external("env", "log")
declare function log(x: f64): f64;

/** y = exp x. */
export function exp(x: usize, y: usize, length: i32): void {
  const end = x + ((<usize>(length & ~1)) << 3);
  while (x < end) {
    v128.store(y, exponentials(v128.load(x)));
    x += 16;
    y += 16;
  }
  if (length & 1) v128.store64_lane(y, exponentials(v128.load64_splat(x)), 0);
}

/** y = 1/(1 + exp(−x)). */
export function sigmoid(x: usize, y: usize, length: i32): void {
  const end = x + ((<usize>(length & ~1)) << 3);
  while (x < end) {
    v128.store(y, logistic(v128.load(x)));
    x += 16;
    y += 16;
  }
  if (length & 1) v128.store64_lane(y, logistic(v128.load64_splat(x)), 0);
}

// @ts-ignore: decorator
@inline
function logistic(x: v128): v128 {
  const one = f64x2.splat(1);
  return f64x2.div(one, f64x2.add(one, exponentials(f64x2.neg(x))));
}

/** y = x − log Σ exp x, row by row, and e = exp y. */
export function logSoftmax(x: usize, y: usize, e: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  const bytes = (<usize>(columns & ~1)) << 3;
  const odd = columns & 1;
  for (let r = 0; r < rows; r++) {
    let best = v128.load64_splat(x);
    for (let k: usize = 0; k < bytes; k += 16) best = higher(best, v128.load(x + k));
    normalise(x, y, e, topOf(best, x, bytes, odd), bytes, odd);
    x += stride;
    y += stride;
    e += stride;
  }
}

/** pmax, one instruction where max is six, passes over NaN; the sums that follow do not. */
// @ts-ignore: decorator
@inline
export function higher(best: v128, x: v128): v128 {
  return f64x2.pmax(best, x);
}

// @ts-ignore: decorator
@inline
export function topOf(best: v128, x: usize, bytes: usize, odd: i32): f64 {
  const top = Math.max(f64x2.extract_lane(best, 0), f64x2.extract_lane(best, 1));
  return odd ? Math.max(top, load<f64>(x + bytes)) : top;
}

/** The exponentials of a row with entries out of reach, e = exp(x − top), and their sums. */
function farther(x: usize, e: usize, top: f64, bytes: usize): v128 {
  const tops = f64x2.splat(top);
  let sums = f64x2.splat(0);
  for (let k: usize = 0; k < bytes; k += 16) {
    const values = exponentials(f64x2.sub(v128.load(x + k), tops));
    v128.store(e + k, values);
    sums = f64x2.add(sums, values);
  }
  return sums;
}

// @ts-ignore: decorator
@inline
function normalise(x: usize, y: usize, e: usize, top: f64, bytes: usize, odd: i32): void {
  const tops = f64x2.splat(top);
  const floor = f64x2.splat(-REACH);
  let sums = f64x2.splat(0);
  // x − top is never above 0: one question a row, whether all of it is within reach.
  let near = i64x2.splat(-1);
  for (let k: usize = 0; k < bytes; k += 16) {
    const below = f64x2.sub(v128.load(x + k), tops);
    near = v128.and(near, f64x2.ge(below, floor));
    const values = reduced(below);
    v128.store(e + k, values);
    sums = f64x2.add(sums, values);
  }
  if (!i64x2.all_true(near)) sums = farther(x, e, top, bytes);
  let even = f64x2.extract_lane(sums, 0);
  if (odd) {
    const value = f64x2.extract_lane(exponentials(f64x2.splat(load<f64>(x + bytes) - top)), 0);
    store<f64>(e + bytes, value);
    even += value;
  }
  const total = even + f64x2.extract_lane(sums, 1);
  const shift = log(total);
  const scale = 1 / total;

  const shifts = f64x2.splat(shift);
  const scales = f64x2.splat(scale);
  for (let k: usize = 0; k < bytes; k += 16) {
    v128.store(y + k, f64x2.sub(f64x2.sub(v128.load(x + k), tops), shifts));
    v128.store(e + k, f64x2.mul(v128.load(e + k), scales));
  }
  if (odd) {
    store<f64>(y + bytes, load<f64>(x + bytes) - top - shift);
    store<f64>(e + bytes, load<f64>(e + bytes) * scale);
  }
}

/**
 * out = a·x + b·y + c·z, and with `e` (an address, not 0) normalised at once: out becomes its log-softmax and e the
 * exponentials. Strides in bytes from row to row, 0 where one row serves all.
 */
export function combine3(
  a: f64,
  x: usize,
  xStride: usize,
  b: f64,
  y: usize,
  yStride: usize,
  c: f64,
  z: usize,
  zStride: usize,
  out: usize,
  e: usize,
  rows: i32,
  columns: i32,
): void {
  const stride = (<usize>columns) << 3;
  const bytes = (<usize>(columns & ~1)) << 3;
  const odd = columns & 1;
  const as = f64x2.splat(a);
  const bs = f64x2.splat(b);
  const cs = f64x2.splat(c);
  for (let r = 0; r < rows; r++) {
    let best = f64x2.splat(-Infinity);
    for (let k: usize = 0; k < bytes; k += 16) {
      const two = f64x2.add(f64x2.mul(as, v128.load(x + k)), f64x2.mul(bs, v128.load(y + k)));
      const sum = f64x2.add(two, f64x2.mul(cs, v128.load(z + k)));
      v128.store(out + k, sum);
      best = higher(best, sum);
    }
    if (odd) {
      const two = a * load<f64>(x + bytes) + b * load<f64>(y + bytes);
      store<f64>(out + bytes, two + c * load<f64>(z + bytes));
    }
    if (e) {
      normalise(out, out, e, topOf(best, out, bytes, odd), bytes, odd);
      e += stride;
    }
    x += xStride;
    y += yStride;
    z += zStride;
    out += stride;
  }
}

/** The same for two terms. */
export function combine2(
  a: f64,
  x: usize,
  xStride: usize,
  b: f64,
  y: usize,
  yStride: usize,
  out: usize,
  e: usize,
  rows: i32,
  columns: i32,
): void {
  const stride = (<usize>columns) << 3;
  const bytes = (<usize>(columns & ~1)) << 3;
  const odd = columns & 1;
  const as = f64x2.splat(a);
  const bs = f64x2.splat(b);
  for (let r = 0; r < rows; r++) {
    let best = f64x2.splat(-Infinity);
    for (let k: usize = 0; k < bytes; k += 16) {
      const sum = f64x2.add(f64x2.mul(as, v128.load(x + k)), f64x2.mul(bs, v128.load(y + k)));
      v128.store(out + k, sum);
      best = higher(best, sum);
    }
    if (odd) store<f64>(out + bytes, a * load<f64>(x + bytes) + b * load<f64>(y + bytes));
    if (e) {
      normalise(out, out, e, topOf(best, out, bytes, odd), bytes, odd);
      e += stride;
    }
    x += xStride;
    y += yStride;
    out += stride;
  }
}
