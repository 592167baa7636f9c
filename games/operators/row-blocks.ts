/** Entries of a block of rows: 2 MB, so that what is made stays in a processor's cache until it has been used. */
const blockEntries = 2 ** 18;

/** Rows of a block of a matrix with K columns; at least one. */
export function rowsPerBlock(columns: number): number {
  return Math.max(1, Math.floor(blockEntries / columns));
}

/** First rows of the blocks, and one past each: `[0, 13], [13, 26], …`. */
export function blockRanges(rows: number, blockRows: number): [from: number, to: number][] {
  return Array.from({ length: Math.ceil(rows / blockRows) }, (_, k) => [
    k * blockRows,
    Math.min(rows, (k + 1) * blockRows),
  ]);
}
