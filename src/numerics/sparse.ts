/** A matrix of few entries, row by row: row i holds `values[k]` in column `indices[k]` for `starts[i] ≤ k < starts[i + 1]`. */
export interface SparseMatrix {
  readonly rows: number;
  readonly columns: number;
  /** `[rows + 1]` */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}
