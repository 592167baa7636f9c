import type { SparseMatrix } from './sparse.ts';
import type { Scalar, Shape, Tensor } from './tensor.ts';

/**
 * The operations every backend provides. Letters: B runs (leading axis), A actions, M×N matrices.
 * A leading 1 broadcasts over runs. Results are new tensors; nothing is modified in place.
 */
export interface Ops {
  tensor(values: ArrayLike<number>, shape: Shape): Tensor;
  fill(shape: Shape, value: number): Tensor;

  /** Elementwise on `[B, A]`; `b` may be a number, `[B, 1]` or `[1, A]`. */
  add(a: Tensor, b: Scalar): Tensor;
  sub(a: Tensor, b: Scalar): Tensor;
  mul(a: Tensor, b: Scalar): Tensor;
  div(a: Tensor, b: Scalar): Tensor;
  /** Σ_k c_k x_k in one pass; each c_k a number or `[B, 1]`. */
  combine(coefficients: readonly Scalar[], terms: readonly Tensor[]): Tensor;

  exp(x: Tensor): Tensor;
  log(x: Tensor): Tensor;
  /** 1/(1 + exp(−x)). */
  sigmoid(x: Tensor): Tensor;
  /** max(x, 0). */
  positivePart(x: Tensor): Tensor;
  /** x·log y, and 0 where x = 0. */
  xlogy(x: Tensor, y: Tensor): Tensor;

  /** Reductions over the last axis: `[B, A]` → `[B, 1]`. */
  sum(x: Tensor): Tensor;
  max(x: Tensor): Tensor;
  logSumExp(x: Tensor): Tensor;

  /** Rows on the simplex, and their logarithms: `[B, A]` → `[B, A]`. */
  softmax(x: Tensor): Tensor;
  logSoftmax(x: Tensor): Tensor;
  /** logSoftmax(combine(coefficients, terms)) at once: the update that every mirror step ends in. */
  combineLogSoftmax(coefficients: readonly Scalar[], terms: readonly Tensor[]): Tensor;

  /**
   * `[B|1, M, N]` × `[B|1, N]` → `[B, M]`: the payoff evaluation, the one O(A²) operation. The matrix may lie flat,
   * `[B|1, M·N]`, as another product leaves it: so a payoff tensor is summed axis after axis.
   */
  matVec(matrix: Tensor, vector: Tensor): Tensor;
  /**
   * The same with a matrix that is never whole: `block(from, to)` makes its rows from … to − 1 as `[to − from, N]`;
   * each block of at most `blockRows` rows is made, multiplied with `[B, N]` and released before the next. → `[B, M]`
   */
  rowBlocks(rows: number, blockRows: number, block: (from: number, to: number) => Tensor, vector: Tensor): Tensor;
  /** A sparse matrix on the host × `[B, N]` → `[B, M]`; absent where a backend has no such product. */
  sparseMatVec?(matrix: SparseMatrix, vector: Tensor): Tensor;

  /**
   * The rows of several `[B|1, A]` tensors below one another, B rows of each → `[n·B, A]`; on the CPU alone. What `exp`
   * gives for it are the same bits as for each.
   */
  stack?(tensors: readonly Tensor[], rows: number): Tensor;

  /** Row r of `a` where `mask[r]`, else row r of `b`. */
  select(mask: readonly boolean[], a: Tensor, b: Tensor): Tensor;
}
