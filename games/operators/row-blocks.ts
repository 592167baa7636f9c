import type { EvaluationWork } from '../../src/solve/game.ts';

/** Entries of a block of rows: 2 MB, so that what is made stays in a processor's cache until it has been used. */
const blockEntries = 2 ** 18;

/** Rows of a block of a matrix with K columns; at least one. */
export function rowsPerBlock(columns: number): number {
  return Math.max(1, Math.floor(blockEntries / columns));
}

/** A block that was just made is multiplied from the cache: what an entry and run cost, in multiply-adds from memory. */
const cachedProduct = 0.25;

/** Work of a square matrix that is made or read block by block. @param entry what making one entry costs. */
export function blockWork(actions: number, entry: number): EvaluationWork {
  const entries = actions * actions;
  return { perRun: cachedProduct * entries, shared: entry * entries };
}

/** First rows of the blocks, and one past each: `[0, 13], [13, 26], …`. */
export function blockRanges(rows: number, blockRows: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(rows / blockRows) }, (_, k) => [
    k * blockRows,
    Math.min(rows, (k + 1) * blockRows),
  ]);
}
