import fc from 'fast-check';
import { completePreferences } from '../../games/complete.ts';

/** Preference matrices of 1 … 8 actions, with ties, certainties and cycles. */
export const preferenceRows: fc.Arbitrary<number[][]> = fc
  .tuple(
    fc.integer({ min: 1, max: 8 }),
    fc.array(fc.constantFrom(0, 0.25, 0.5, 0.6, 0.7, 1), { minLength: 28, maxLength: 28 }),
  )
  .map(([n, values]) => {
    let next = 0;
    return completePreferences(n, () => values[next++]);
  });

/** The matrix with its actions in another order: entry [a][b] is rows[order[a]][order[b]]. */
export function reordered(rows: readonly (readonly number[])[], order: readonly number[]): number[][] {
  return order.map((a) => order.map((b) => rows[a][b]));
}

/** A random order of n actions. */
export function anyOrder(n: number): fc.Arbitrary<number[]> {
  const actions = Array.from({ length: n }, (_, k) => k);
  return fc.shuffledSubarray(actions, { minLength: n, maxLength: n });
}
