import type { Policy } from './plain.ts';

/** A comparison in a pairwise loss: `f[first] − f[second]` is held against the target. */
export interface Comparison {
  readonly first: number;
  readonly second: number;
  readonly weight: number;
  readonly target: number;
}

/** First and second derivative of a loss in the difference. */
type Loss = (difference: number, target: number) => readonly [number, number];

export const squared: Loss = (difference, target) => [2 * (difference - target), 2];

/** −z·log σ(d) − (1 − z)·log(1 − σ(d)) for the soft label z. */
export const crossEntropy: Loss = (difference, target) => {
  const predicted = 1 / (1 + Math.exp(-difference));
  return [predicted - target, predicted * (1 - predicted)];
};

/** Solution of a linear system, by elimination with pivots. */
function solved(matrix: readonly Policy[], right: Policy): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]]);
  const n = rows.length;
  for (let k = 0; k < n; k++) {
    const pivot = rows
      .slice(k)
      .reduce((best, row, i) => (Math.abs(row[k]) > Math.abs(rows[best][k]) ? k + i : best), k);
    [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = rows[i][k] / rows[k][k];
      for (let j = k; j <= n; j++) rows[i][j] -= factor * rows[k][j];
    }
  }
  return rows.map((row, k) => row[n] / row[k]);
}

/** The f, with f[0] = 0, that minimises Σ weight·loss(f[first] − f[second], target): Newton's method on the loss itself. */
export function minimised(comparisons: readonly Comparison[], loss: Loss, actions: number): number[] {
  let f = new Array<number>(actions).fill(0);
  for (let k = 0; k < 30; k++) {
    const gradient = new Array<number>(actions).fill(0);
    const hessian = Array.from({ length: actions }, () => new Array<number>(actions).fill(0));
    for (const { first, second, weight, target } of comparisons) {
      const [slope, curvature] = loss(f[first] - f[second], target);
      gradient[first] += weight * slope;
      gradient[second] -= weight * slope;
      hessian[first][first] += weight * curvature;
      hessian[second][second] += weight * curvature;
      hessian[first][second] -= weight * curvature;
      hessian[second][first] -= weight * curvature;
    }
    const step = solved(
      hessian.slice(1).map((row) => row.slice(1)),
      gradient.slice(1),
    );
    f = f.map((value, a) => (a === 0 ? 0 : value - step[a - 1]));
  }
  return f;
}

/** KL(π‖ρ). */
export const logRatio = (policy: Policy, other: Policy): number =>
  policy.reduce((sum, p, a) => sum + p * Math.log(p / other[a]), 0);
