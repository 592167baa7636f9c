import { type PayoffArrays, spansOf, stridesOf } from './payoff-arrays.ts';

/**
 * The distributions p over `size` outcomes with G·p ≥ 0, where G has `rows` rows; equilibria of several kinds are of this
 * form. G by columns: outcome s holds `values[k]` in row `indices[k]` for k from `starts[s]` to `starts[s + 1]`.
 */
export interface CutSimplex {
  readonly size: number;
  readonly rows: number;
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Builds G column by column; zeros are left out. @param column pushes (row, value) of one outcome. */
export function cutSimplex(
  size: number,
  rows: number,
  column: (outcome: number, push: (row: number, value: number) => void) => void,
): CutSimplex {
  const starts = new Int32Array(size + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let s = 0; s < size; s++) {
    column(s, (row, value) => {
      if (value === 0) return;
      indices.push(row);
      values.push(value);
    });
    starts[s + 1] = indices.length;
  }
  return { size, rows, starts, indices: Int32Array.from(indices), values: Float64Array.from(values) };
}

/** G·p, `[rows]`. */
export function cutProduct({ size, rows, starts, indices, values }: CutSimplex, p: ArrayLike<number>): Float64Array {
  const product = new Float64Array(rows);
  for (let s = 0; s < size; s++)
    if (p[s] !== 0) for (let k = starts[s]; k < starts[s + 1]; k++) product[indices[k]] += values[k] * p[s];
  return product;
}

/** Gᵀ·y, `[size]`. */
export function cutScores({ size, starts, indices, values }: CutSimplex, y: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: size }, (_, s) => {
    let sum = 0;
    for (let k = starts[s]; k < starts[s + 1]; k++) sum += values[k] * y[indices[k]];
    return sum;
  });
}

/** Entries of G for the equilibria of a game, and its rows, before it is built. */
export function incentiveSize(
  { actions }: Pick<PayoffArrays, 'actions'>,
  coarse: boolean,
): { rows: number; entries: number } {
  const outcomes = actions.reduce((product, count) => product * count, 1);
  return {
    rows: actions.reduce((sum, count) => sum + (coarse ? count : count * (count - 1)), 0),
    entries: outcomes * actions.reduce((sum, count) => sum + count - 1, 0),
  };
}

/**
 * The correlated (or coarse correlated) equilibria: a row says that a player told a does not gain by b (that it does not
 * gain by b always); in units of its payoff span. Rows of a player whose payoffs are all equal are empty.
 */
export function incentives(game: PayoffArrays, coarse: boolean): CutSimplex {
  const { actions, payoffs } = game;
  const strides = stridesOf(game);
  const spans = spansOf(game);
  const size = payoffs[0].length;
  const first: number[] = [];
  let rows = 0;
  for (const count of actions) {
    first.push(rows);
    rows += coarse ? count : count * (count - 1);
  }
  return cutSimplex(size, rows, (s, push) => {
    for (const [player, count] of actions.entries()) {
      if (spans[player] === 0) continue;
      const own = Math.floor(s / strides[player]) % count;
      for (let b = 0; b < count; b++) {
        if (b === own) continue;
        const row = first[player] + (coarse ? b : own * (count - 1) + (b < own ? b : b - 1));
        const there = payoffs[player][s + (b - own) * strides[player]];
        push(row, payoffs[player][s] / spans[player] - there / spans[player]);
      }
    }
  });
}
