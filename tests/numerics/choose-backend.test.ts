import { describe, expect, it } from 'vitest';
import { chooseBackend, crossovers, worthAGpu } from '../../src/numerics/choose-backend.ts';

const bare = { blas: false, wasm: true };

describe('the choice of --backend auto', () => {
  it.each([
    [10, 1, bare, 'cpu'],
    [999, 1, bare, 'cpu'],
    [1000, 1, bare, 'wasm'],
    [300, 16, bare, 'wasm'],
    [299, 16, bare, 'cpu'],
    [10, 100_000, bare, 'cpu'],
    [1000, 1, { blas: false, wasm: false }, 'cpu'],
    [4096, 16, { ...bare, blas: true }, 'cpu'],
    [1999, 1, { ...bare, blas: true, gpu: 'webgpu' }, 'cpu'],
    [2000, 1, { ...bare, blas: true, gpu: 'webgpu' }, 'webgpu'],
    [1000, 4, { ...bare, gpu: 'cuda' }, 'cuda'],
    [10, 1000, { ...bare, gpu: 'cuda' }, 'cpu'],
  ] as const)('%i actions, %i runs, with %o: %s', (actions, runs, available, name) => {
    expect(chooseBackend({ actions, runs }, available).name).toBe(name);
  });

  it('says why, and that float32 has a floor', () => {
    expect(chooseBackend({ actions: 40, runs: 2 }, bare).reason).toBe(
      '3,200 multiply-adds per evaluation are too few for another backend to be faster',
    );
    expect(chooseBackend({ actions: 1000, runs: 1 }, bare).reason).toContain('float32');
    expect(chooseBackend({ actions: 1000, runs: 1 }, { ...bare, blas: true }).reason).toContain('float64 with BLAS');
  });

  it('looks for a graphics card only where one would be chosen', () => {
    expect(worthAGpu({ actions: 2000, runs: 1 })).toBe(true);
    expect(worthAGpu({ actions: 1999, runs: 1 })).toBe(false);
    expect(crossovers.wasm.work).toBeLessThan(crossovers.gpu.work);
  });
});
