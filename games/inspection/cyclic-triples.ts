import type { Matrix } from '../../src/solve/game.ts';
import { beats } from './majority.ts';

/** Above this many actions triples are not counted: it would take minutes. */
const largestCounted = 5000;

export interface TripleCount {
  /** Triples that beat each other in a circle by strict majorities. */
  readonly count: number;
  /** Triples without a tie: the most that could be cyclic. */
  readonly decisive: number;
  /** All triples, (n choose 3). */
  readonly total: number;
}

function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Pairs of edges a → b, b → c closed by c → a, counted over all a, b, c. */
function closedPaths(n: number, edge: (a: number, b: number) => boolean): number {
  const words = Math.ceil(n / 32);
  const after = new Int32Array(n * words);
  const before = new Int32Array(n * words);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++)
      if (edge(a, b)) {
        after[a * words + (b >>> 5)] |= 1 << (b & 31);
        before[b * words + (a >>> 5)] |= 1 << (a & 31);
      }
  let closed = 0;
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++) {
      if (((after[a * words + (b >>> 5)] >>> (b & 31)) & 1) === 0) continue;
      for (let w = 0; w < words; w++) closed += bitCount(after[b * words + w] & before[a * words + w]);
    }
  return closed;
}

/** Counts the cyclic triples of a preference matrix; undefined above 5,000 actions. O(n³/32) by bit sets. */
export function cyclicTriples(preferences: Matrix): TripleCount | undefined {
  const n = preferences.rows;
  if (n > largestCounted) return undefined;
  const decided = (a: number, b: number) => beats(preferences, a, b) || beats(preferences, b, a);
  // A circle is met once per edge; a decisive triple once per order of its actions.
  return {
    count: closedPaths(n, (a, b) => beats(preferences, a, b)) / 3,
    decisive: closedPaths(n, decided) / 6,
    total: n < 3 ? 0 : (n * (n - 1) * (n - 2)) / 6,
  };
}
