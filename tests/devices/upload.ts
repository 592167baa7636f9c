import { median, short } from '../bench/statistics.ts';
import { type Candidate, reasonOf } from './backends.ts';
import { finished } from './placed.ts';

/** What it takes to bring a matrix of the host to a backend, the change to float32 included where there is one. */
export type Upload = { readonly backend: string; readonly size: number } & (
  | { readonly milliseconds: number /** Bytes on the device over time. */; readonly GBs: number }
  | { readonly leftOut: string }
);

const rounds = 3;

/** Times the first product with a new matrix, less a second one: a device may fetch what it is given only then. */
export async function upload(
  { name, open, bytesPerEntry }: Candidate & { readonly bytesPerEntry: number },
  size: number,
): Promise<Upload> {
  try {
    const backend = await open();
    try {
      const { ops } = backend;
      const values = new Float64Array(size * size).fill(0.5);
      const vector = ops.fill([1, size], 1 / size);
      const seconds: number[] = [];
      // One round more than counts: the first one compiles.
      for (let round = 0; round <= rounds; round++) {
        const before = performance.now();
        const matrix = ops.tensor(values, [1, size, size]);
        await finished(backend, () => ops.matVec(matrix, vector));
        const between = performance.now();
        await finished(backend, () => ops.matVec(matrix, vector));
        const after = performance.now();
        seconds.push((between - before - (after - between)) / 1000);
        backend.release(matrix);
      }
      const taken = median(seconds.slice(1));
      if (taken <= 0) return { backend: name, size, leftOut: 'lost in the scatter of the product that waits for it' };
      const GBs = short((1e-9 * bytesPerEntry * size * size) / taken);
      return { backend: name, size, milliseconds: short(1000 * taken), GBs };
    } finally {
      await backend.dispose();
    }
  } catch (error) {
    return { backend: name, size, leftOut: reasonOf(name, error) };
  }
}
