import { describe, expect, it } from 'vitest';
import { chooseBackend, crossovers, worthAGpu } from '../../src/numerics/choose-backend.ts';

const bare = { blas: (): boolean => false, wasm: true };

describe('the choice of --backend auto', () => {
  it.each([
    [10, 1, bare, 'cpu'],
    [999, 1, bare, 'cpu'],
    [1000, 1, bare, 'wasm'],
    [300, 16, bare, 'wasm'],
    [299, 16, bare, 'cpu'],
    [10, 100_000, bare, 'cpu'],
    [1000, 1, { blas: (): boolean => false, wasm: false }, 'cpu'],
    [4096, 16, { ...bare, blas: (): boolean => true }, 'cpu'],
    [1999, 1, { ...bare, blas: (): boolean => true, gpu: 'webgpu' }, 'cpu'],
    [2000, 1, { ...bare, blas: (): boolean => true, gpu: 'webgpu' }, 'webgpu'],
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
    expect(chooseBackend({ actions: 1000, runs: 1 }, { ...bare, blas: (): boolean => true }).reason).toContain(
      'float64 with BLAS',
    );
  });

  it('takes the work of a game without a matrix for what it is, and leaves what the host sends where it is', () => {
    const games = { actions: 3000, runs: 2 };
    expect(chooseBackend({ ...games, work: 9e5 }, bare).name).toBe('cpu');
    expect(chooseBackend({ ...games, work: 1e6 }, bare)).toEqual({
      name: 'wasm',
      reason:
        '1,000,000 multiply-adds or their like per evaluation, and no BLAS for the CPU backend, in float32: gaps end near 1e-6 of the payoff span',
    });
    expect(worthAGpu({ ...games, work: 4e6 })).toBe(true);
    expect(worthAGpu({ ...games, work: 3.9e6 })).toBe(false);
    const sent = { ...games, work: 1e9, fromHost: true };
    expect(worthAGpu(sent)).toBe(false);
    expect(chooseBackend(sent, { ...bare, gpu: 'cuda' })).toEqual({
      name: 'cpu',
      reason: 'the numbers of the game come from the host at every evaluation',
    });
  });

  it('looks for a graphics card only where one would be chosen', () => {
    expect(worthAGpu({ actions: 2000, runs: 1 })).toBe(true);
    expect(worthAGpu({ actions: 1999, runs: 1 })).toBe(false);
    expect(crossovers.wasm.work).toBeLessThan(crossovers.gpu.work);
  });
});
