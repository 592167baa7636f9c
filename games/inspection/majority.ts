import type { Matrix } from '../../src/solve/game.ts';

/** True when a strict majority prefers a to b: P(a ≻ b) > ½ > P(b ≻ a), compared exactly. */
export function beats({ values, columns }: Matrix, a: number, b: number): boolean {
  return values[a * columns + b] > 0.5 && values[b * columns + a] < 0.5;
}
