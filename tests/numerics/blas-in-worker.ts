import { parentPort } from 'node:worker_threads';
import { findBlas } from '../../src/numerics/blas/find-blas.ts';

/** Sent to the test: the product of fixed arrays, as this thread's library gives it, and the threads it sees. */
export interface FromWorker {
  readonly library: string | undefined;
  readonly threads: number | undefined;
  readonly product: number[];
}

export function fixedProduct(): FromWorker {
  const { blas } = findBlas();
  const [rows, columns] = [150, 131];
  const matrix = Float64Array.from({ length: rows * columns }, (_, i) => Math.cos(i));
  const product = new Float64Array(rows);
  for (let call = 0; call < 50; call++) blas?.matVec(matrix, rows, columns, matrix, product);
  return { library: blas?.library, threads: blas?.threads, product: [...product] };
}

parentPort?.postMessage(fixedProduct());
