import { createRequire } from 'node:module';
import { findBlas } from '../../src/numerics/blas/find-blas.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';
import { randomMatrices } from './random-matrix.ts';
import { short } from './statistics.ts';
import { useThreads } from './threads.ts';

/** One product of a shared matrix with the policies of `runs` runs, by nashlab's own backend. */
export interface ProductSize {
  readonly size: number;
  readonly runs: number;
}

export interface Product extends ProductSize {
  readonly gflops: number;
  /** Bytes of the matrix over time. */
  readonly GBs: number;
}

/** What this machine can do at most, measured, and what nashlab's products make of it. GB are 1e9 bytes. */
export interface Roofline {
  readonly threads: number;
  /** What did the reading: the fastest of the ways tried. */
  readonly reader: string;
  readonly readGBs: number;
  /** Read and write counted both, on one thread. */
  readonly copyGBs: number;
  /** Absent without a BLAS. */
  readonly peakGflops?: number;
  readonly products: readonly Product[];
}

/** Sizes of what is read, copied and multiplied; far above any cache, unless it is only to be seen that it runs. */
export interface RooflineSizes {
  readonly readBytes: number;
  readonly peakSize: number;
  readonly products: readonly ProductSize[];
}

/** Least seconds of a call so far. */
interface Clocked {
  readonly call: () => void;
  least: number;
}

function clocked(call: () => void): Clocked {
  return { call, least: Number.POSITIVE_INFINITY };
}

/** Calls for at least 30 ms, and keeps the time of the fastest call. */
function again(one: Clocked): void {
  const until = performance.now() + 30;
  do {
    const before = performance.now();
    one.call();
    one.least = Math.min(one.least, (performance.now() - before) / 1000);
  } while (performance.now() < until);
}

/** Where sums go, so that no compiler leaves the loop out. */
export const sums = { last: 0 };

function plainSum(values: Float64Array): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i + 3 < values.length; i += 4) {
    a += values[i];
    b += values[i + 1];
    c += values[i + 2];
    d += values[i + 3];
  }
  sums.last = a + b + c + d;
}

/** Ways to read an array once: a plain loop, and the sums of the BLAS, which no product of nashlab goes through. */
function readers(values: Float64Array): Record<string, Clocked> {
  const plain = { 'plain loop': clocked(() => plainSum(values)) };
  const { blas } = findBlas();
  if (blas === undefined) return plain;
  const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
  const library = koffi.load(blas.file);
  const sum = library.func('double cblas_dasum(int count, const double *values, int stride)');
  const dot = library.func('double cblas_ddot(int count, const double *x, int xStride, const double *y, int yStride)');
  return {
    ...plain,
    dasum: clocked(() => {
      sums.last = sum(values.length, values, 1);
    }),
    ddot: clocked(() => {
      sums.last = dot(values.length, values, 1, values, 1);
    }),
  };
}

/** Products through the backend, as a solver calls them; those of one size share a matrix. */
function products(sizes: readonly ProductSize[]): Clocked[] {
  const backend = cpuBackend();
  const { ops } = backend;
  const matrices = new Map(
    [...new Set(sizes.map(({ size }) => size))].map((size) => [
      size,
      ops.tensor(randomMatrices(size, 1, '1').whole(), [1, size, size]),
    ]),
  );
  return sizes.map(({ size, runs }) => {
    const matrix = matrices.get(size) as Tensor;
    const vectors = ops.fill([runs, size], 1 / size);
    return clocked(() =>
      backend.scope(() => {
        ops.matVec(matrix, vectors);
      }),
    );
  });
}

function peak(size: number): Clocked | undefined {
  const { blas } = findBlas();
  if (blas === undefined) return undefined;
  const [left, right] = [0.5, 0.25].map((value) => new Float64Array(size * size).fill(value));
  const result = new Float64Array(size * size);
  return clocked(() => blas.matMul(left, size, size, right, size, result));
}

/** Measures ceilings and products in turn; the fastest call of each counts. No round begins after the limit. */
export function roofline(threads: number, rounds: number, limitSeconds: number, sizes: RooflineSizes): Roofline {
  useThreads(threads);
  const { readBytes, peakSize } = sizes;
  const source = new Float64Array(readBytes / 8).fill(1);
  const target = new Float64Array(readBytes / 8);
  const reading = readers(source);
  const copying = clocked(() => target.set(source));
  const multiplying = peak(peakSize);
  const own = products(sizes.products);
  const all = [...Object.values(reading), copying, ...(multiplying ? [multiplying] : []), ...own];
  const until = performance.now() + 1000 * limitSeconds;
  for (let round = 0; round < rounds && performance.now() < until; round++) all.forEach(again);

  const [reader, { least }] = Object.entries(reading).reduce((a, b) => (b[1].least < a[1].least ? b : a));
  return {
    threads,
    reader,
    readGBs: short(readBytes / least / 1e9),
    copyGBs: short((2 * readBytes) / copying.least / 1e9),
    ...(multiplying === undefined ? {} : { peakGflops: short((2 * peakSize ** 3) / multiplying.least / 1e9) }),
    products: sizes.products.map(({ size, runs }, k) => ({
      size,
      runs,
      gflops: short((2 * size ** 2 * runs) / own[k].least / 1e9),
      GBs: short((8 * size ** 2) / own[k].least / 1e9),
    })),
  };
}

/** Shares of the read bandwidth and of the BLAS peak that a product reaches. */
export function shares(
  ceilings: Roofline,
  { gflops, GBs }: Product,
): { readonly read: number; readonly peak?: number } {
  const { readGBs, peakGflops } = ceilings;
  return { read: short(GBs / readGBs), ...(peakGflops === undefined ? {} : { peak: short(gflops / peakGflops) }) };
}
