import { afterAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/random/streams.ts';
import { backendsHere } from '../devices/backends.ts';

const backends = await Promise.all(
  (await backendsHere()).map(async ({ name, open }) => ({ name, backend: await open() })),
);

/** Above the sizes from which libraries and tiled kernels take over, and beside the multiples of their tiles. */
const sizes = [
  { rows: 64, columns: 64, runs: 1, draws: 1 },
  { rows: 131, columns: 67, runs: 1, draws: 1 },
  { rows: 67, columns: 131, runs: 5, draws: 1 },
  { rows: 259, columns: 259, runs: 33, draws: 1 },
  { rows: 97, columns: 65, runs: 3, draws: 3 },
] as const;

/** Numbers in (−1, 1) that float32 holds exactly. */
function numbers(name: string, count: number): Float64Array {
  const random = stream('large-products', name);
  return Float64Array.from({ length: count }, () => Math.fround(2 * random.uniform() - 1));
}

describe.each(backends)('large products on $name', ({ backend }) => {
  const { ops } = backend;
  afterAll(() => backend.dispose());

  it.each(sizes.map((size) => [size.rows, size.columns, size.runs, size.draws] as const))(
    '%s × %s with %s vectors, %s matrices',
    async (rows, columns, runs, draws) => {
      const matrices = numbers('matrices', draws * rows * columns);
      const vectors = numbers('vectors', runs * columns);
      const matrix = ops.tensor(matrices, [draws, rows, columns]);
      const vector = ops.tensor(vectors, [runs, columns]);
      const product = ops.matVec(matrix, vector);
      const values = await backend.read(product);
      backend.release([matrix, vector, product]);
      expect(values.length).toBe(runs * rows);
      let worst = 0;
      for (let run = 0; run < runs; run++)
        for (let i = 0; i < rows; i++) {
          let [expected, size] = [0, 0];
          for (let j = 0; j < columns; j++) {
            const term = matrices[((draws === 1 ? 0 : run) * rows + i) * columns + j] * vectors[run * columns + j];
            expected += term;
            size += Math.abs(term);
          }
          worst = Math.max(worst, Math.abs(values[run * rows + i] - expected) / size);
        }
      expect(worst).toBeLessThanOrEqual(backend.tolerance);
    },
  );
});
