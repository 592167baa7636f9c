import { availableParallelism } from 'node:os';
import type { BenchOptions } from './options.ts';
import type { RooflineSizes } from './roofline.ts';
import type { Shape } from './workload.ts';

/** Entries read per step above which a second thread can help, and is measured. */
const entriesForThreads = 90_000;

/** Sizes whose runs are stacked: with one matrix for all, and with a matrix each. */
const sharedSizes = [10, 100, 1000];
const ownSizes = [10, 30];

/** Matrices of runs that have their own take at most this many entries. */
const ownEntries = 2 ** 24;

function entries({ size, runs }: Shape): number {
  return size * size * runs;
}

/** What is left of a list of shapes for a number of threads. */
function worthThreads(shapes: readonly Shape[], threads: number): Shape[] {
  return shapes.filter((shape) => threads === 1 || entries(shape) >= entriesForThreads);
}

/** One run on every size. */
export function stepShapes({ sizes, solvers }: BenchOptions, threads: number): Shape[] {
  const shapes = solvers.flatMap((solver) =>
    sizes.map((size): Shape => ({ solver, size, runs: 1, matrices: 'shared' })),
  );
  return worthThreads(shapes, threads);
}

/** Extragradient on several runs at once, on the sizes asked for. */
export function batchShapes({ sizes, runs }: BenchOptions, threads: number): Shape[] {
  const over = (known: readonly number[], matrices: Shape['matrices']): Shape[] =>
    known
      .filter((size) => sizes.includes(size))
      .flatMap((size) => runs.map((count): Shape => ({ solver: 'extragradient', size, runs: count, matrices })));
  const own = over(ownSizes, 'own').filter((shape) => shape.runs > 1 && entries(shape) <= ownEntries);
  return worthThreads([...over(sharedSizes, 'shared'), ...own], threads);
}

/** The numbers of threads asked for that this machine has cores for. */
export function threadCounts({ threads }: BenchOptions): number[] {
  return threads.filter((count) => count <= availableParallelism());
}

/** The product of a step on one run reads the matrix, that on many computes: the two that have a target. */
export const readingProduct = { size: 4096, runs: 1 };
export const computingProduct = { size: 1000, runs: 256 };

export const rooflineSizes: RooflineSizes = {
  readBytes: 2 ** 29,
  peakSize: 2048,
  products: [readingProduct, ...[4, 16, 64, 256].map((runs) => ({ size: 4096, runs })), computingProduct],
};

export const quickRooflineSizes: RooflineSizes = {
  readBytes: 2 ** 24,
  peakSize: 256,
  products: [
    { size: 256, runs: 1 },
    { size: 256, runs: 16 },
  ],
};
