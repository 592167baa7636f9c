import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import type { Blas } from '../../src/numerics/blas/blas.ts';
import { cpuBackend, hostValues } from '../../src/numerics/cpu/backend.ts';
import { halfProduct, halfSize, mirrorTotal } from '../../src/numerics/cpu/half-product.ts';
import { type CpuOptions, usableBlas } from '../../src/numerics/cpu/products.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

const wave = (length: number, phase: number): Float64Array =>
  Float64Array.from({ length }, (_, k) => Math.sin(phase + 1.7 * k) + 0.1);

function product(options: CpuOptions, size: number, runs: number, own: boolean, from = 0, count = runs) {
  const backend = cpuBackend(options);
  const { ops } = backend;
  const matrices = own ? runs : 1;
  const entries = wave(matrices * size * size, 0.3);
  const vectors = wave(runs * size, 0.9).slice(from * size, (from + count) * size);
  const chosen = own ? entries.slice(from * size * size, (from + count) * size * size) : entries;
  const matrix = ops.tensor(chosen, [own ? count : 1, size, size]);
  return { values: hostValues(ops.matVec(matrix, ops.tensor(vectors, [count, size]))).slice(), info: backend.info };
}

const missing = usableBlas() === undefined;
if (missing) process.stderr.write('skipped: products by a system BLAS; none is found here (nashlab doctor says why)\n');

describe.skipIf(missing)('products by the system BLAS', () => {
  it.each([
    [48, 1, false],
    [101, 1, false],
    [101, 5, true],
    [30, 64, false],
    [97, 50, false],
    [720, 3, false],
  ])('of size %i for %i runs, own matrices: %s, agree with loops to 1e-13', (size, runs, own) => {
    const { values, info } = product({}, size, runs, own);
    const plain = product({ blas: false }, size, runs, own);
    expect(info.library).toBe(usableBlas()?.library);
    expect(info.threads).toBeGreaterThanOrEqual(1);
    expect(plain.info.library).toBe('wasm-simd');
    const scale = plain.values.reduce((top, v) => Math.max(top, Math.abs(v)), 0);
    for (const [k, v] of values.entries()) expect(Math.abs(v - plain.values[k])).toBeLessThanOrEqual(1e-13 * scale);
  });

  it('small products do not load it', () => {
    expect(product({}, 30, 1, false).info.library).toBe('wasm-simd');
  });

  it.each([
    [30, false],
    [64, false],
    [101, false],
    [64, true],
    [720, false],
  ])('reproducible: a run of size %i, own matrix %s, has the same bits alone and among 40', (size, own) => {
    const { values: together, info } = product({ reproducible: true }, size, 40, own);
    if (size >= 48) expect(info.threads).toBe(1);
    for (const run of [0, 17, 39]) {
      const alone = product({ reproducible: true }, size, 40, own, run, 1).values;
      expect(alone).toEqual(together.slice(run * size, (run + 1) * size));
    }
  });

  it('a whole solve in a batch of 40 has the bits of the solve alone', async () => {
    const game = catalogueGame('random:n=60,seed=5');
    const seeds = Array.from({ length: 40 }, (_, k) => String(k));
    const options = { steps: 60, tolerance: 0, metrics: ['regularized-gap'] };
    const extragradient = solverNamed('extragradient');
    const backend = cpuBackend({ reproducible: true });
    const batch = await solve(backend, instance(game, { temperature: 0.1, seeds }), extragradient, options);
    const alone = await solve(backend, instance(game, { temperature: 0.1, seeds: ['23'] }), extragradient, options);
    expect(alone.runs[0]).toEqual(batch.runs[23]);
  });
});

describe('half of a matrix whose mirror images add up to one number', () => {
  const mirrorImages = (size: number, total: number): Float64Array => {
    const entries = wave(size * size, 0.3);
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++) entries[j * size + i] = j === i ? total / 2 : total - entries[i * size + j];
    return entries;
  };

  it.each([1, 0, -3])('is seen where they add up to %d, to rounding, and where one of them does not', (total) => {
    for (const size of [1, 2, 33, 97]) {
      const entries = mirrorImages(size, total);
      expect(mirrorTotal(entries, size)).toBe(total);
      for (const place of [size * size - 1, size - 1, Math.floor((size * size) / 2)]) {
        const changed = entries.slice();
        // The first entry says what the others are held against.
        if (place === 0) continue;
        changed[place] += 1e-14;
        expect(mirrorTotal(changed, size)).toBeUndefined();
        changed[place] = Number.NaN;
        expect(mirrorTotal(changed, size)).toBeUndefined();
      }
    }
  });

  it.skipIf(missing)('multiplies like the whole, at the edges of blocks, too', () => {
    const blas = usableBlas() as Blas;
    for (const [size, total] of [
      [1, 1],
      [127, 0],
      [128, 1],
      [129, 1],
      [1152, -2],
      [1301, 1],
    ]) {
      const entries = mirrorImages(size, total);
      const vector = wave(size, 0.9);
      const [half, whole] = [new Float64Array(size).fill(Number.NaN), new Float64Array(size)];
      halfProduct(blas, entries, size, total, 1 + (size % 2), vector, half);
      blas.matVec(entries, size, size, vector, whole);
      const scale = vector.reduce((sum, v) => sum + Math.abs(v), 0);
      for (let i = 0; i < size; i++) expect(Math.abs(half[i] - whole[i])).toBeLessThan(1e-15 * scale);
    }
  });

  it.skipIf(missing)('is what large products read: of a preference matrix, and of no other', () => {
    const size = halfSize;
    const entries = mirrorImages(size, 1);
    const { ops, scope } = cpuBackend({ reproducible: true });
    const vectors = ops.tensor(wave(3 * size, 0.9), [3, size]);
    const one = ops.tensor(wave(3 * size, 0.9).slice(size, 2 * size), [1, size]);
    const blas = usableBlas() as Blas;
    const product = (matrix: Float64Array): void => {
      const expected = new Float64Array(size);
      scope(() => {
        const placed = ops.tensor(matrix, [1, size, size]);
        const all = hostValues(ops.matVec(placed, vectors)).slice(size, 2 * size);
        // Every run the bits it has alone.
        expect(all).toEqual(hostValues(ops.matVec(placed, one)));
        if (matrix === entries) halfProduct(blas, matrix, size, 1, 1, hostValues(one), expected);
        else blas.matVec(matrix, size, size, hostValues(one), expected);
        expect(all).toEqual(expected);
      });
    };
    const other = entries.slice();
    other[size + 3] += 0.5;
    // In turn: a tensor is made in the memory of the one before, of which nothing must be remembered.
    for (const matrix of [entries, other, entries, other]) product(matrix);
  });
});
