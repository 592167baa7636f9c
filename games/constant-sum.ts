import { spanOf } from '../src/solve/place-matrices.ts';

/**
 * How far sums of payoffs may differ and count as constant: 1e-12 of the payoff span, and what adding `terms` payoffs of this
 * size rounds. Not a share of the largest payoff: beside 1e9 the payoffs that are played for would vanish.
 */
export function sumTolerance(payoffs: readonly Float64Array[], terms: number): number {
  const largest = payoffs.reduce((top, values) => values.reduce((a, b) => Math.max(a, Math.abs(b)), top), 0);
  const span = payoffs.reduce((top, values) => Math.max(top, spanOf(values)), 0);
  return 1e-12 * span + 2 * terms * Number.EPSILON * largest;
}
