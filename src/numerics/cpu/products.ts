import type { Blas } from '../blas/blas.ts';
import { findBlas } from '../blas/find-blas.ts';
import { arena } from './arena.ts';
import { halfProduct, halfSize, mirrorTotal } from './half-product.ts';
import { multiply } from './mat-vec.ts';
import type { CpuTensor } from './memory.ts';

/*
 * Who multiplies, measured on two cores of a 2024 server processor with OpenBLAS 0.3.21 (docs/benchmarks.md): one vector,
 * compiled code up to 48 × 48 and dgemv above; B vectors with one matrix, dgemm from about 5,000 products on; two threads
 * pay for a vector from 300 × 300 on, for a batch from 10⁷ products on, and cost up to twice as much below. One vector
 * with a matrix that says everything twice: from its upper half, from 2,000 × 2,000 on.
 */
const gemvEntries = 48 * 48;
export const gemmProducts = 5_000;
const threadedEntries = 300 * 300;
const threadedProducts = 10_000_000;

export interface CpuOptions {
  /**
   * One product per run, on one thread: then a run's bits depend on neither its batch mates nor the number of workers.
   * Otherwise a batch over a shared matrix is one product, whose last bits depend on the size of the batch.
   */
  readonly reproducible?: boolean;
  /** False computes without a system library, as where none is found. */
  readonly blas?: boolean;
}

export interface Products {
  /** out[b, i] = Σ_j m[b|0, i, j]·v[b|0, j]. */
  multiply(m: CpuTensor, v: CpuTensor, out: CpuTensor, sharedMatrix: boolean): void;
  /** The system library, once it was needed. */
  used(): { readonly blas: Blas; readonly threads: number | undefined } | undefined;
}

/** The library worth calling: the reference BLAS is slower than compiled loops. */
export function usableBlas(): Blas | undefined {
  const { blas } = findBlas();
  return blas?.kind === 'other' ? undefined : blas;
}

/**
 * Threads of the library, which the whole process shares: the most it may use, and how many it uses now as far as this
 * JavaScript thread knows; one that sets them behind our back is not noticed.
 */
let threads: { readonly most: number; now: number } | undefined;

function useThreads(blas: Blas, all: boolean): void {
  if (threads === undefined) {
    // Asking the library is a call into it, as long as a small product: once is enough.
    const set = Math.max(1, blas.threads ?? 1);
    threads = { most: set, now: set };
  }
  const wanted = all ? threads.most : 1;
  if (threads.now === wanted) return;
  blas.setThreads(wanted);
  threads.now = wanted;
}

/** What mirror images in a square matrix add up to, asked once; null where that is not one number. */
function mirrorOf(matrix: CpuTensor, size: number): number | null {
  if (matrix.mirror === undefined) matrix.mirror = mirrorTotal(matrix.data, size) ?? null;
  return matrix.mirror;
}

export function products({ reproducible = false, blas: wanted = true }: CpuOptions): Products {
  const kernels = arena()?.kernels;
  let library: { readonly blas: Blas | undefined } | undefined;
  let most: number | undefined;

  const large = (
    blas: Blas,
    m: CpuTensor,
    v: CpuTensor,
    out: CpuTensor,
    sharedMatrix: boolean,
    together: boolean,
  ): void => {
    const { rows: runs, columns: height } = out;
    const width = v.columns;
    const entries = height * width;
    const all = !reproducible && (together ? entries * runs >= threadedProducts : entries >= threadedEntries);
    useThreads(blas, all);
    most = Math.max(most ?? 1, threads?.now ?? 1);
    if (together) {
      blas.matMul(m.data, height, width, v.data, runs, out.data);
      return;
    }
    const mirror = sharedMatrix && height === width && width >= halfSize ? mirrorOf(m, width) : null;
    for (let r = 0; r < runs; r++) {
      const matrix = sharedMatrix ? m.data : m.data.subarray(r * entries, (r + 1) * entries);
      const vector = v.rows === 1 ? v.data : v.data.subarray(r * width, (r + 1) * width);
      const result = runs === 1 ? out.data : out.data.subarray(r * height, (r + 1) * height);
      if (mirror === null) blas.matVec(matrix, height, width, vector, result);
      else halfProduct(blas, matrix, width, mirror, threads?.now ?? 1, vector, result);
    }
  };

  return {
    multiply(m, v, out, sharedMatrix) {
      const entries = out.columns * v.columns;
      const together = sharedMatrix && v.rows === out.rows && out.rows > 1 && !reproducible;
      if (wanted && (entries >= gemvEntries || (together && entries * out.rows >= gemmProducts))) {
        library ??= { blas: usableBlas() };
        if (library.blas !== undefined) {
          large(library.blas, m, v, out, sharedMatrix, together);
          return;
        }
      }
      multiply(kernels, m, v, out, sharedMatrix);
    },
    used: () => library?.blas && { blas: library.blas, threads: library.blas.threads === undefined ? undefined : most },
  };
}
