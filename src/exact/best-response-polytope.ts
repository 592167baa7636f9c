import { NashlabError } from '../core/errors.ts';

/** A vertex in integers: the mixed strategy is `weights` divided by their sum. */
export interface Vertex {
  /** ≥ 0, without a common factor with `value`, `[n]`. */
  readonly weights: readonly bigint[];
  /** What the best reply to the weights earns: max_j Σ_i weights_i·payoffs[j][i]. */
  readonly value: bigint;
  /** Bit i: weight i is 0. Bit n + j: reply j is best. */
  readonly tight: number;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

function bits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}

interface Ray {
  /** Weights, then the value. */
  readonly point: readonly bigint[];
  readonly tight: number;
}

function reduced(point: readonly bigint[]): bigint[] {
  const common = point.reduce(gcd, 0n);
  return common > 1n ? point.map((x) => x / common) : [...point];
}

/** Counts comparisons of rays, and refuses beyond the limit. */
export interface Effort {
  spend(amount: number): void;
}

/** A double-description run does up to this many comparisons of rays: some seconds. */
export const comparisonLimit = 400_000_000;

export function effort(what: string): Effort {
  let spent = 0;
  return {
    spend(amount) {
      spent += amount;
      if (spent > comparisonLimit)
        throw new NashlabError('too-large', {
          what: `${what}: the best-response polytopes have too many vertices`,
          expected: 'a smaller game; a solver with a temperature finds one equilibrium',
        });
    },
  };
}

/** Rays on both sides of a constraint, and the new ones where an edge crosses it. */
function cut(
  rays: readonly Ray[],
  values: readonly bigint[],
  bit: number,
  dimension: number,
  { spend }: Effort,
): Ray[] {
  const kept: Ray[] = [];
  const inside: number[] = [];
  const outside: number[] = [];
  rays.forEach((ray, k) => {
    if (values[k] > 0n) inside.push(k);
    else if (values[k] < 0n) outside.push(k);
    if (values[k] >= 0n) kept.push(values[k] === 0n ? { ...ray, tight: ray.tight | bit } : ray);
  });
  for (const a of inside)
    for (const b of outside) {
      const shared = rays[a].tight & rays[b].tight;
      // Two rays span an edge when no third ray has all their common constraints tight.
      if (bits(shared) < dimension - 2) continue;
      spend(rays.length);
      if (rays.some((other, k) => k !== a && k !== b && (other.tight & shared) === shared)) continue;
      const point = rays[a].point.map((x, c) => values[a] * rays[b].point[c] - values[b] * x);
      kept.push({ point: reduced(point), tight: shared | bit });
    }
  return kept;
}

/**
 * All vertices of the polytope of mixed strategies x and the best replies to them, {(x, v): x ≥ 0, Σ_i payoffs[j][i]·x_i ≤ v
 * for every j}, as rays of that cone: the double description method in integers (Motzkin et al. 1953), no rounding.
 * @param payoffs of the replying player, positive, `[replies][n]`; n + replies ≤ 30.
 */
export function polytopeVertices(payoffs: readonly (readonly bigint[])[], limit: Effort): Vertex[] {
  const n = payoffs[0].length;
  const dimension = n + 1;
  const unit = (k: number): bigint[] => Array.from({ length: dimension }, (_, c) => (c === k ? 1n : 0n));
  // The cone x ≥ 0, v ≥ 0; its last bound, v ≥ 0, stands in the highest bit and follows from the others in the end.
  const floor = 1 << 30;
  const all = (1 << n) - 1;
  let rays: Ray[] = Array.from({ length: dimension }, (_, k) => ({
    point: unit(k),
    tight: k < n ? (all & ~(1 << k)) | floor : all,
  }));
  payoffs.forEach((row, j) => {
    const values = rays.map(({ point }) => row.reduce((rest, payoff, i) => rest - payoff * point[i], point[n]));
    rays = cut(rays, values, 1 << (n + j), dimension, limit);
  });
  return rays
    .filter(({ point }) => point.some((x, c) => c < n && x > 0n))
    .map(({ point, tight }) => ({ weights: point.slice(0, n), value: point[n], tight: tight & ~floor }));
}
