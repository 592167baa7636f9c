import { findBlas } from '../../src/numerics/blas/find-blas.ts';

/** Has nashlab's BLAS work on that many threads, in the whole process; without one there is nothing to set. */
export function useThreads(threads: number): void {
  findBlas().blas?.setThreads(threads);
}
