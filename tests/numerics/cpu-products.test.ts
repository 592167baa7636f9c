import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend, hostValues } from '../../src/numerics/cpu/backend.ts';
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
