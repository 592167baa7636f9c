function centred(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/**
 * Solves L·x = right for the Laplacian L = diag(Σ_b w[a][b]) − w of a connected weighted graph, where `right` sums to 0 up to rounding.
 * `weights` is n × n, symmetric, ≥ 0, its diagonal 0. The solution has mean 0. Conjugate gradients with diagonal scaling.
 */
export function conjugateGradient(n: number, weights: Float64Array, right: Float64Array): Float64Array {
  const degree = Float64Array.from({ length: n }, (_, a) =>
    weights.subarray(a * n, (a + 1) * n).reduce((sum, w) => sum + w, 0),
  );
  const product = (x: Float64Array) =>
    Float64Array.from({ length: n }, (_, a) => {
      let sum = degree[a] * x[a];
      for (let b = 0; b < n; b++) sum -= weights[a * n + b] * x[b];
      return sum;
    });
  const scaled = (x: Float64Array) => x.map((value, a) => (degree[a] > 0 ? value / degree[a] : value));
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, a) => sum + value * y[a], 0);
  const solution = new Float64Array(n);
  // What rounding leaves of the null vector (1, …, 1) would grow without bound.
  let rest = centred(right);
  let preconditioned = scaled(rest);
  let direction = preconditioned;
  let energy = dot(rest, preconditioned);
  const target = energy * 1e-18;
  for (let iteration = 0; iteration < 2 * n + 50 && energy > target; iteration++) {
    const image = product(direction);
    const bend = dot(direction, image);
    if (!(bend > 0)) break;
    const length = energy / bend;
    for (let a = 0; a < n; a++) solution[a] += length * direction[a];
    rest = rest.map((value, a) => value - length * image[a]);
    preconditioned = scaled(rest);
    const next = dot(rest, preconditioned);
    const ratio = next / energy;
    direction = preconditioned.map((value, a) => value + ratio * direction[a]);
    energy = next;
  }
  return centred(solution);
}
