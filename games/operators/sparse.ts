import { NashlabError } from '../../src/core/errors.ts';
import type { Ops } from '../../src/numerics/ops.ts';
import type { SparseMatrix } from '../../src/numerics/sparse.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';
import { type OperatorGame, operatorGame } from './operator-game.ts';
import { rowsPerBlock } from './row-blocks.ts';

/** P(a ≻ b) of a pair that was compared. */
export type ComparedPair = readonly [a: number, b: number, preference: number];

export interface SparseOptions {
  readonly name?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
}

/** Refuses a pair that is none, or no probability. Throws `bad-game` naming its place in the list. */
function checkPair([a, b, preference]: ComparedPair, actions: number, k: number): void {
  const where = `pairs[${k}]`;
  for (const action of [a, b])
    if (!Number.isInteger(action) || action < 0 || action >= actions)
      throw new NashlabError('bad-game', {
        what: `action ${action}`,
        where,
        expected: `an index in 0 … ${actions - 1}`,
      });
  if (a === b)
    throw new NashlabError('bad-game', {
      what: `action ${a} compared with itself`,
      where,
      expected: 'two different actions (an action against itself counts ½)',
    });
  if (!(preference >= 0 && preference <= 1))
    throw new NashlabError('bad-game', {
      what: `preference ${preference}`,
      where,
      expected: 'a probability in [0, 1]',
    });
}

/** Where the rows start, from how many entries each has. */
function rowStarts(actions: number, pairs: readonly ComparedPair[]): Int32Array {
  const starts = new Int32Array(actions + 1);
  for (const [k, pair] of pairs.entries()) {
    checkPair(pair, actions, k);
    starts[pair[0] + 1]++;
    starts[pair[1] + 1]++;
  }
  for (let a = 0; a < actions; a++) starts[a + 1] += starts[a];
  return starts;
}

/** Minus the transpose, its rows sorted by column; of a skew matrix that is the matrix itself. */
function sortedSkew({ rows, columns, starts, indices, values }: SparseMatrix): SparseMatrix {
  const next = starts.slice();
  const sorted = { indices: new Int32Array(indices.length), values: new Float64Array(values.length) };
  for (let a = 0; a < rows; a++)
    for (let k = starts[a]; k < starts[a + 1]; k++) {
      const at = next[indices[k]]++;
      sorted.indices[at] = a;
      sorted.values[at] = 0 - values[k];
    }
  return { rows, columns, starts, ...sorted };
}

/** The margins P − ½ of the pairs, skew, each row sorted by column. Throws `bad-game` for a pair given twice. */
function skewMatrix(actions: number, pairs: readonly ComparedPair[]): SparseMatrix {
  const starts = rowStarts(actions, pairs);
  const indices = new Int32Array(2 * pairs.length);
  const values = new Float64Array(2 * pairs.length);
  const next = starts.slice();
  for (const [a, b, preference] of pairs) {
    indices[next[a]] = b;
    values[next[a]++] = preference - 0.5;
    indices[next[b]] = a;
    values[next[b]++] = 0.5 - preference;
  }
  const matrix = sortedSkew({ rows: actions, columns: actions, starts, indices, values });
  for (let a = 0; a < actions; a++)
    for (let k = starts[a] + 1; k < starts[a + 1]; k++)
      if (matrix.indices[k] === matrix.indices[k - 1])
        throw new NashlabError('bad-game', {
          what: `the pair of actions ${a} and ${matrix.indices[k]} twice`,
          where: 'pairs',
          expected: 'each pair once, in either order',
        });
  return matrix;
}

/** Margin of a pair by bisection in its row; 0 where the pair was not compared. */
function marginOf({ starts, indices, values }: SparseMatrix, a: number, b: number): number {
  let [low, high] = [starts[a], starts[a + 1]];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (indices[middle] < b) low = middle + 1;
    else high = middle;
  }
  return low < starts[a + 1] && indices[low] === b ? values[low] : 0;
}

/** Rows from … to − 1 of ½ + margins, `[to − from, K]`. */
function denseRows(ops: Ops, { columns, starts, indices, values }: SparseMatrix, from: number, to: number): Tensor {
  const rows = new Float64Array((to - from) * columns).fill(0.5);
  for (let a = from; a < to; a++)
    for (let k = starts[a]; k < starts[a + 1]; k++) rows[(a - from) * columns + indices[k]] += values[k];
  return ops.tensor(rows, [to - from, columns]);
}

/** A stored entry and its lookup in multiply-adds, measured: 3 where the policy lies in the cache, 8 where it does not. */
const lookupWork = 5;

/**
 * Preferences known for few pairs; all others count ½. P = ½ + A with A skew and sparse, O(pairs) per evaluation where the
 * backend multiplies sparse matrices, else in blocks of rows. The span is exact: twice the largest |A_ab|.
 */
export function sparseGame(actions: number, pairs: readonly ComparedPair[], options: SparseOptions = {}): OperatorGame {
  const { name = 'sparse-preference', ...rest } = options;
  const margins = skewMatrix(actions, pairs);
  const largest = margins.values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  return operatorGame({
    name,
    actions,
    ...rest,
    bytes: margins.starts.byteLength + margins.indices.byteLength + margins.values.byteLength,
    work: { perRun: lookupWork * margins.values.length, shared: 0, fromHost: true },
    payoffSpan: 2 * largest,
    payoffSpanIs: 'exact',
    preference: (a, b) => 0.5 + marginOf(margins, a, b),
    place: (ops) => {
      const { sparseMatVec } = ops;
      if (sparseMatVec !== undefined)
        return { tensors: [], payoffs: (seat, policies) => ops.add(sparseMatVec(margins, policies[1 - seat]), 0.5) };
      const block = (from: number, to: number) => denseRows(ops, margins, from, to);
      return {
        tensors: [],
        payoffs: (seat, policies) => ops.rowBlocks(actions, rowsPerBlock(actions), block, policies[1 - seat]),
      };
    },
    definition: () => ({ kind: 'sparse-preference', pairs }),
  });
}
