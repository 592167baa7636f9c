/**
 * Preference matrices with uniform entries that are a hash of their place: any block of rows can be made anywhere, so
 * that one of 2 GB need not stand twice in memory to be handed to another process.
 */
export interface RandomMatrices {
  /** Actions K. */
  readonly size: number;
  /** Matrices, one after the other. */
  readonly draws: number;
  /** Rows `from` … `to` − 1 of one matrix, row-major `[to − from, K]`. */
  block(draw: number, from: number, to: number): Float64Array;
  /** All of them, `[draws, K, K]`; made anew on each call. */
  whole(): Float64Array;
}

/** Rows of a block that is sent on its own: about 16 MB. */
export function blockRows(size: number): number {
  return Math.max(1, Math.floor(2 ** 21 / size));
}

/** Uniform on [0, 1) from a place and a key: two rounds of multiplication and shift over 32 bits. */
function uniformAt(row: number, column: number, key: number): number {
  let hash = Math.imul(row + 0x3c6ef372, 0x9e3779b1) ^ Math.imul(column ^ key, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function fillRow(row: number, key: number, out: Float64Array, offset: number, size: number): void {
  for (let column = 0; column < row; column++) out[offset + column] = 1 - uniformAt(column, row, key);
  out[offset + row] = 0.5;
  for (let column = row + 1; column < size; column++) out[offset + column] = uniformAt(row, column, key);
}

/** P[a][b] uniform for a < b, P + Pᵀ = 1. */
export function randomMatrices(size: number, draws: number, seed: string): RandomMatrices {
  const seedKey = [...seed].reduce((key, letter) => Math.imul(key, 31) + (letter.codePointAt(0) ?? 0), 7);
  const keyOf = (draw: number): number => Math.imul(seedKey + 0x632be59b * draw, 0x27d4eb2f);
  return {
    size,
    draws,
    block(draw, from, to) {
      const rows = new Float64Array((to - from) * size);
      for (let row = from; row < to; row++) fillRow(row, keyOf(draw), rows, (row - from) * size, size);
      return rows;
    },
    whole() {
      const values = new Float64Array(draws * size * size);
      for (let draw = 0; draw < draws; draw++)
        for (let row = 0; row < size; row++) fillRow(row, keyOf(draw), values, (draw * size + row) * size, size);
      return values;
    },
  };
}
