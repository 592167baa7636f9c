import { execFileSync } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { findBlas } from '../../src/numerics/blas/find-blas.ts';
import { type FromWorker, fixedProduct } from './blas-in-worker.ts';

const state = findBlas();
const { blas } = state;
if (!blas) process.stderr.write(`BLAS in workers: skipped, ${state.reason}; ${state.advice}\n`);

const file = new URL('./blas-in-worker.ts', import.meta.url).href;
// Hooks for TypeScript are not inherited by a worker thread.
const start = `
  const { workerData } = require('node:worker_threads');
  import('tsx/esm/api').then(({ tsImport }) => tsImport(workerData.file, workerData.from));
`;

function inWorker(): Promise<FromWorker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(start, { eval: true, workerData: { file, from: import.meta.url } });
    let answer: FromWorker;
    worker.on('message', (message: FromWorker) => {
      answer = message;
    });
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve(answer) : reject(new Error(`the worker ended with ${code}`))));
  });
}

describe.skipIf(!blas)('BLAS in worker threads', () => {
  it('two at a time, started and ended repeatedly, give the bits of the main thread', async () => {
    const here = fixedProduct();
    for (let round = 0; round < 2; round++)
      for (const there of await Promise.all([inWorker(), inWorker()])) expect(there).toEqual(here);
  });

  it.skipIf(blas?.kind !== 'openblas')('see the number of threads that another one set', async () => {
    const before = blas!.threads!;
    const other = before === 1 ? 2 : 1;
    blas!.setThreads(other);
    const { threads } = await inWorker();
    blas!.setThreads(before);
    expect(threads).toBe(other);
  });

  it('still gives its products after a child process was started', () => {
    const before = fixedProduct();
    execFileSync(process.execPath, ['--version']);
    expect(fixedProduct()).toEqual(before);
  });
});
