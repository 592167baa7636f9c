import { type Embeddings, skewScore } from './embeddings.ts';

/** The largest |s_ab|, or an upper bound of it; the pair where it was found. */
export interface LargestScore {
  readonly value: number;
  readonly exact: boolean;
  readonly pair?: readonly [number, number];
}

/** Products spent on an exact answer: about 0.2 s. */
const cheap = 2e8;

/**
 * The largest |s_ab| over all pairs. All pairs are tried while that takes at most `budget` products of numbers; beyond, the
 * bound max |a|·|b| over a ≠ b stands (Cauchy–Schwarz: turning keeps lengths), attained where the two longest embeddings lie
 * at right angles in every plane.
 */
export function largestScore(embeddings: Embeddings, budget = cheap): LargestScore {
  const { actions, rank, values } = embeddings;
  if (actions < 2) return { value: 0, exact: true };
  if ((actions * (actions - 1) * rank) / 2 <= budget) {
    let value = 0;
    let pair: [number, number] = [0, 1];
    for (let a = 0; a < actions; a++)
      for (let b = 0; b < a; b++) {
        const score = Math.abs(skewScore(embeddings, a, b));
        if (score > value) {
          value = score;
          pair = [a, b];
        }
      }
    return { value, exact: true, pair };
  }
  let [longest, second] = [0, 0];
  for (let a = 0; a < actions; a++) {
    let square = 0;
    for (let l = 0; l < rank; l++) square += values[a * rank + l] ** 2;
    const length = Math.sqrt(square);
    second = Math.max(second, Math.min(longest, length));
    longest = Math.max(longest, length);
  }
  return { value: longest * second, exact: false };
}
