import type { PooledPair } from './tally.ts';

interface OpenPair {
  readonly a: number;
  readonly b: number;
  winsOfA: number;
  winsOfB: number;
  compared: number;
}

/** Comparisons pooled by pair as they come, of `items` items by index. */
export interface PairPool {
  /** @param share of the weight that `first` wins: 1, 0, or ½ for a tie. @param compared number of comparisons it stands for. */
  add(first: number, second: number, share: number, weight: number, compared?: number): void;
  /** The pairs with a weight above 0, in the order they came. */
  pairs(): PooledPair[];
  /** Comparisons of every pair with at least one. */
  compared(): number[];
}

export function pairPool(items: number): PairPool {
  const open = new Map<number, OpenPair>();
  return {
    add(first, second, share, weight, compared = weight) {
      const [a, b] = first < second ? [first, second] : [second, first];
      const pair = open.get(a * items + b) ?? { a, b, winsOfA: 0, winsOfB: 0, compared: 0 };
      const own = first < second ? share : 1 - share;
      pair.winsOfA += own * weight;
      pair.winsOfB += (1 - own) * weight;
      pair.compared += compared;
      open.set(a * items + b, pair);
    },
    pairs: () =>
      [...open.values()]
        .filter(({ winsOfA, winsOfB }) => winsOfA + winsOfB > 0)
        .map(({ a, b, winsOfA, winsOfB }) => ({ a, b, winsOfA, winsOfB })),
    compared: () => [...open.values()].map(({ compared }) => compared).filter((count) => count > 0),
  };
}
