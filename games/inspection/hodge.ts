import type { Matrix } from '../../src/solve/game.ts';

/**
 * Cyclic share of the margins A[a][b] = P[a][b] − P[b][a]: the energy Σ A² that the best additive fit s_a − s_b leaves over,
 * in [0, 1], all pairs weighted alike. On a complete graph s is the mean margin of each row (Hodge decomposition; Jiang,
 * Lim, Yao, Ye 2011). Rock–paper–scissors gives 1, additive margins 0, a transitive order of certain wins about 1/3.
 * Undefined when all margins are 0.
 */
export function cyclicShare({ values, rows: n }: Matrix): number | undefined {
  const margin = (a: number, b: number) => values[a * n + b] - values[b * n + a];
  const strengths = new Float64Array(n);
  for (let a = 0; a < n; a++) {
    let sum = 0;
    for (let b = 0; b < n; b++) sum += margin(a, b);
    strengths[a] = sum / n;
  }
  let energy = 0;
  let left = 0;
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) {
      const value = margin(a, b);
      energy += value * value;
      left += (value - strengths[a] + strengths[b]) ** 2;
    }
  return energy === 0 ? undefined : left / energy;
}
