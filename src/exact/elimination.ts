/**
 * Solves L·x = right for the Laplacian L = diag(Σ_b w[a][b]) − w of a connected weighted graph, as `conjugateGradient` does,
 * whatever the sizes of the weights: O(n³). Vertices leave one by one, the lightest first, and hand their weights on to
 * those that stay; nothing is ever subtracted, so a weight of 1e-200 beside one of 1 keeps its digits (Grassmann, Taksar
 * and Heyman 1985). `weights` is n × n, symmetric, ≥ 0. The heaviest vertex gets 0.
 */
export function eliminate(n: number, weights: Float64Array, right: Float64Array): Float64Array {
  const degree = Float64Array.from({ length: n }, (_, a) => {
    let sum = 0;
    for (let b = 0; b < n; b++) if (b !== a) sum += weights[a * n + b];
    return sum;
  });
  const order = Array.from(degree.keys()).sort((a, b) => degree[b] - degree[a]);
  const w = Float64Array.from({ length: n * n }, (_, k) => weights[order[Math.floor(k / n)] * n + order[k % n]]);
  const rest = Float64Array.from(order, (a) => right[a]);
  const left = new Float64Array(n);
  for (let k = n - 1; k > 0; k--) {
    for (let j = 0; j < k; j++) left[k] += w[k * n + j];
    if (!(left[k] > 0)) continue;
    for (let i = 0; i < k; i++) {
      const share = w[k * n + i] / left[k];
      if (share === 0) continue;
      rest[i] += share * rest[k];
      for (let j = 0; j < k; j++) w[i * n + j] += share * w[k * n + j];
    }
  }
  const solution = new Float64Array(n);
  for (let k = 1; k < n; k++) {
    if (!(left[k] > 0)) continue;
    let sum = rest[k];
    for (let j = 0; j < k; j++) sum += w[k * n + j] * solution[order[j]];
    solution[order[k]] = sum / left[k];
  }
  return solution;
}
