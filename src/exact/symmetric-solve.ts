/**
 * Solves H·x = right for a symmetric positive semidefinite H, `[n, n]` row-major, by Cholesky's method; unknowns that the
 * ones before determine (a pivot lost to rounding) stay 0.
 */
export function symmetricSolve(n: number, matrix: Float64Array, right: Float64Array): Float64Array {
  const factor = matrix.slice();
  const kept = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let sum = factor[row + j];
      for (let k = 0; k < j; k++) sum -= factor[row + k] * factor[other + k];
      if (j < i) factor[row + j] = kept[j] === 1 ? sum / factor[other + j] : 0;
      else if (sum > 1e-13 * matrix[row + i]) {
        kept[i] = 1;
        factor[row + i] = Math.sqrt(sum);
      }
    }
  }
  const x = right.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i * n + k] * x[k];
    x[i] = kept[i] === 1 ? x[i] / factor[i * n + i] : 0;
  }
  for (let i = n - 1; i >= 0; i--) {
    if (kept[i] === 0) continue;
    for (let k = i + 1; k < n; k++) x[i] -= factor[k * n + i] * x[k];
    x[i] /= factor[i * n + i];
  }
  return x;
}
