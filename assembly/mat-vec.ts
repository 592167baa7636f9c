// result[b, i] = Σ_j matrix[b, i, j]·vector[b, j] for `runs` runs, row-major; strides in bytes from run to run, 0 where
// one matrix or vector serves all. Two columns at a time, the even and the odd ones summed apart, four rows side by
// side (eight, or four columns at a time, were measured to be slower): the same additions in the same order as
// `matVecRow`, hence the same bits.
export function matVec(
  matrix: usize,
  matrixStride: usize,
  vector: usize,
  vectorStride: usize,
  result: usize,
  runs: i32,
  rows: i32,
  columns: i32,
): void {
  for (let b = 0; b < runs; b++) {
    oneRun(matrix, vector, result, rows, columns);
    matrix += matrixStride;
    vector += vectorStride;
    result += (<usize>rows) << 3;
  }
}

// @ts-ignore: decorator
@inline
function more(sum: v128, p: usize, x: v128): v128 {
  return f64x2.add(sum, f64x2.mul(v128.load(p), x));
}

// @ts-ignore: decorator
@inline
function total(sum: v128, p: usize, v: usize, odd: i32): f64 {
  let even = f64x2.extract_lane(sum, 0);
  if (odd) even += load<f64>(p) * load<f64>(v);
  return even + f64x2.extract_lane(sum, 1);
}

function oneRun(matrix: usize, vector: usize, result: usize, rows: i32, columns: i32): void {
  const stride = (<usize>columns) << 3;
  const pairs = vector + ((<usize>(columns & ~1)) << 3);
  const odd = columns & 1;
  let row = matrix;
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    let p = row;
    let q = p + stride;
    let r = q + stride;
    let s = r + stride;
    let v = vector;
    while (v < pairs) {
      const x = v128.load(v);
      a = more(a, p, x);
      b = more(b, q, x);
      c = more(c, r, x);
      d = more(d, s, x);
      v += 16;
      p += 16;
      q += 16;
      r += 16;
      s += 16;
    }
    store<f64>(result, total(a, p, v, odd));
    store<f64>(result, total(b, q, v, odd), 8);
    store<f64>(result, total(c, r, v, odd), 16);
    store<f64>(result, total(d, s, v, odd), 24);
    result += 32;
    row += stride << 2;
  }
  if (i + 2 <= rows) {
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let p = row;
    let q = p + stride;
    let v = vector;
    while (v < pairs) {
      const x = v128.load(v);
      a = more(a, p, x);
      b = more(b, q, x);
      v += 16;
      p += 16;
      q += 16;
    }
    store<f64>(result, total(a, p, v, odd));
    store<f64>(result, total(b, q, v, odd), 8);
    result += 16;
    row += stride << 1;
    i += 2;
  }
  if (i < rows) {
    let a = f64x2.splat(0);
    let p = row;
    let v = vector;
    while (v < pairs) {
      a = more(a, p, v128.load(v));
      v += 16;
      p += 16;
    }
    store<f64>(result, total(a, p, v, odd));
  }
}
