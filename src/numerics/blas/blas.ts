/** Families of BLAS libraries; `other` answers cblas calls but does not say what it is (the reference BLAS, ATLAS). */
export type BlasKind = 'openblas' | 'mkl' | 'blis' | 'accelerate' | 'other';

/**
 * Matrix products of a system library, float64, row-major. Lengths are checked, values are not; views into larger or
 * shared buffers are allowed. Results differ from plain loops by rounding only. `matVec` gives the same bits for the
 * same values at a fixed number of threads; `matMul` does not promise the bits of `matVec`, nor the same bits for a
 * vector at another `count`.
 */
export interface Blas {
  readonly kind: BlasKind;
  /** `openblas 0.3.21`, `mkl 2024.0`, `accelerate`, else the file's name. */
  readonly library: string;
  /** What the library says about its build, the chosen processor kernels included; empty if it says nothing. */
  readonly build: string;
  /** The file that was loaded, links resolved where the system tells. */
  readonly file: string;
  /** Threads in use now, by the whole process; undefined where the library does not say. */
  readonly threads: number | undefined;
  /**
   * Asks for a number of threads, for the whole process: all worker threads share one library. Throws `bad-option` for
   * anything but a whole number ≥ 1, and where the library keeps another number than the one asked for.
   */
  setThreads(count: number): void;
  /** result [M] = matrix [M, N] · vector [N], by cblas_dgemv. Throws `bad-parameter` if an array is too short. */
  matVec(matrix: Float64Array, rows: number, columns: number, vector: Float64Array, result: Float64Array): void;
  /**
   * result [M] += block [M, N] · vector [N], or `mirrored` result [N] −= blockᵀ · vector [M], by cblas_dgemv; the rows of the
   * block, a view into a larger matrix, begin `stride` numbers apart. Throws `bad-parameter` if an array is too short.
   */
  addBlock(
    block: Float64Array,
    rows: number,
    columns: number,
    stride: number,
    mirrored: boolean,
    vector: Float64Array,
    result: Float64Array,
  ): void;
  /** result [B, M] = vectors [B, N] · matrix [M, N]ᵀ, by cblas_dgemm. Throws `bad-parameter` if an array is too short. */
  matMul(
    matrix: Float64Array,
    rows: number,
    columns: number,
    vectors: Float64Array,
    count: number,
    result: Float64Array,
  ): void;
}

/** A library that is there and was not taken. */
export interface Refusal {
  readonly file: string;
  readonly reason: string;
}

/** What a process has: a library, or the reason why not and the command that would change it. */
export type BlasState =
  | { readonly blas: Blas; readonly refusals: readonly Refusal[]; readonly advice?: string }
  | {
      readonly blas: undefined;
      readonly refusals: readonly Refusal[];
      readonly reason: string;
      readonly advice: string;
    };
