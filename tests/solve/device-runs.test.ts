import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { hedge } from '../../solvers/hedge.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { deviceBackend } from '../../src/numerics/tfjs/backend.ts';
import { wasmBackend, wasmDevice } from '../../src/numerics/tfjs/wasm.ts';
import { instance } from '../../src/solve/instance.ts';
import { solvePolished } from '../../src/solve/polish.ts';
import { solve } from '../../src/solve/solve.ts';
import { stillness } from '../../src/solve/stillness.ts';

const game = catalogueGame('random:n=12,seed=4');
const setting = instance(game, { temperature: 0.1, seeds: ['a', 'b'] });

describe('a run on a float32 device', () => {
  it('stalls at the float32 floor, and says so; its certificate is float64', async () => {
    const backend = await wasmBackend();
    const { runs } = await solve(backend, setting, extragradient, { tolerance: 1e-25, steps: 20_000 });
    for (const run of runs) {
      expect(run).toMatchObject({
        result: 'stalled',
        reason: expect.stringContaining('float32 floor of backend wasm'),
      });
      expect(run.steps).toBeLessThan(2_000);
      const gap = run.answer.metrics['regularized-gap'] as number;
      expect(gap).toBeGreaterThan(1e-18);
      expect(gap).toBeLessThan(1e-9);
    }
    await backend.dispose();
  });

  it('is judged by the rounding of its own numbers: its floor violates no theorem', async () => {
    const backend = await wasmBackend();
    const { runs } = await solve(backend, setting, extragradient, { tolerance: 0, steps: 500 });
    for (const { history, guarantee } of runs) {
      const measured = history.columns['last/kl-to-equilibrium'].at(-1) as number;
      expect(measured).toBeGreaterThan(100 * (history.columns.bound.at(-1) as number));
      expect(guarantee?.status).toBe('within');
    }
    await backend.dispose();
  });

  it('does not count as stalled while it gets better', async () => {
    const backend = await wasmBackend();
    const { runs } = await solve(backend, setting, extragradient, {
      tolerance: 1e-11,
      steps: 400,
      params: { stepSize: 0.02 },
    });
    expect(runs[0]).toMatchObject({ result: 'step-limit', steps: 400 });
    await backend.dispose();
  });

  it('polished, goes on in float64 to the tolerance, as one history', async () => {
    const backend = await wasmBackend();
    const { runs } = await solvePolished(backend, setting, extragradient, { tolerance: 1e-22, steps: 20_000 });
    const alone = await solve(cpuBackend(), setting, extragradient, { tolerance: 1e-22 });
    for (const [k, run] of runs.entries()) {
      expect(run.result).toBe('converged');
      expect(run.reason).toMatch(/^\d+ steps on wasm in float32, then \d+ on the CPU in float64$/);
      expect(run.answer.metrics['regularized-gap']).toBeLessThan(1e-22);
      const { step, oracleCalls, columns } = run.history;
      expect(step).toEqual([...new Set(step)].sort((a, b) => a - b));
      expect(step.at(-1)).toBe(run.steps);
      expect(oracleCalls).toEqual(step.map((at) => 2 * at));
      expect(columns['last/regularized-gap']).toHaveLength(step.length);
      const inFloat64 = Number(run.reason?.match(/then (\d+) on/)?.[1]);
      expect(inFloat64).toBeLessThan(0.75 * alone.runs[k].steps);
      const [ours, theirs] = [run.answer.profile[0], alone.runs[k].answer.profile[0]];
      for (const [a, p] of ours.entries()) expect(Math.abs(p - theirs[a])).toBeLessThan(1e-10);
    }
    await backend.dispose();
  });

  it('polishing leaves a mate alone that ran out of steps, and the average out', async () => {
    const backend = await wasmBackend();
    const options = { tolerance: 1e-20, steps: 1_000, params: [{ stepSize: 0.001 }, { stepSize: 0.5 }] };
    const { runs } = await solvePolished(backend, setting, extragradient, options);
    expect(runs[0]).toMatchObject({ result: 'step-limit', steps: 1_000 });
    expect(runs[1]).toMatchObject({ result: 'converged', reason: expect.stringContaining('then') });
    expect(Object.keys(runs[1].iterates).sort()).toEqual(['best', 'last']);
    expect(Object.keys(runs[1].history.columns).filter((name) => !name.startsWith('last/'))).toEqual([]);
    const gaps = runs[1].history.columns['last/regularized-gap'];
    expect(runs[1].iterates.best?.metrics['regularized-gap']).toBe(Math.min(...gaps));
    await backend.dispose();
  });

  it('polishing keeps the time limit', async () => {
    const backend = await wasmBackend();
    const slow = (): void => {
      const until = performance.now() + 10;
      while (performance.now() < until);
    };
    const options = { tolerance: 1e-300, timeLimitSeconds: 1.2, onProgress: slow };
    const { runs, wallSeconds } = await solvePolished(
      backend,
      instance(game, { temperature: 0.1 }),
      extragradient,
      options,
    );
    expect(runs[0].reason).toContain('then');
    expect(wallSeconds).toBeLessThan(1.7);
    await backend.dispose();
  });

  it('polishing refuses an average iterate, and a step size that would start anew', async () => {
    const free = instance(game);
    await expect(solvePolished(cpuBackend(), free, hedge)).rejects.toMatchObject({ code: 'not-applicable' });
    const params = { stepSize: '2/(tau*(t+2))' };
    await expect(solvePolished(cpuBackend(), setting, extragradient, { params })).rejects.toMatchObject({
      code: 'not-applicable',
      message: expect.stringContaining('2/(tau*(t+2))'),
    });
  });

  it('that loses its device ends with what was recorded', async () => {
    const device = await wasmDevice();
    const backend = deviceBackend(device);
    const steps: number[] = [];
    const { runs } = await solve(backend, setting, extragradient, {
      tolerance: 0,
      steps: 100_000,
      onProgress: ({ step }) => {
        steps.push(step);
        if (step >= 30) device.lose('unplugged');
      },
    });
    const reached = steps.at(-1) as number;
    expect(reached).toBeLessThan(40);
    for (const run of runs) {
      expect(run).toMatchObject({ result: 'aborted', reason: expect.stringContaining('unplugged') });
      expect(run.steps).toBe(reached);
      expect(run.answer.metrics['regularized-gap']).toBeLessThan(1e-2);
      expect(run.history.step).toEqual(steps);
    }
  });
});

describe('stillness', () => {
  const rows = (...values: number[]): Float64Array[] => [Float64Array.from(values)];

  it('of float64: nothing moved by more than rounding for ten steps and for eleven, per run', () => {
    const still = stillness([2], 2, { dtype: 'float64', name: 'cpu' });
    still.next(0, rows(-1, -2, -1, -2));
    const moved = rows(-1, -2, -1, -2 - 1e-15 * 8);
    expect([0, 1].map((run) => still.reason(run, 10, moved, 1))).toEqual([undefined, undefined]);
    expect([0, 1].map((run) => still.reason(run, 11, moved, 1))).toEqual([undefined, undefined]);
    still.next(11, moved);
    expect([0, 1].map((run) => still.reason(run, 20, moved, 1))).toEqual([undefined, undefined]);
    const again = rows(-1, -2, -1, -2 - 2e-15 * 8);
    expect([0, 1].map((run) => still.reason(run, 21, again, 1))).toEqual(['the iterate no longer moves', undefined]);
  });

  it.each([2, 4, 5, 7, 11])('does not take an orbit of period %d for rest', (period) => {
    const still = stillness([2], 1, { dtype: 'float64', name: 'cpu' });
    for (let step = 0; step < 10_000; step++) {
      const log = rows(-1 - (step % period), -2);
      expect(still.reason(0, step, log, 1)).toBeUndefined();
      still.next(step, log);
    }
  });

  it('of float32: within a few float32 units, and no better gap for five windows', () => {
    const still = stillness([2], 1, { dtype: 'float32', name: 'wasm' });
    const reasons: (string | undefined)[] = [];
    for (const [k, step] of [0, 11, 21, 32, 42, 53, 63, 74].entries()) {
      const log = rows(-1 + (k % 2) * 5e-7, -2);
      reasons.push(still.reason(0, step, log, k < 2 ? 1 / (k + 1) : 0.5));
      still.next(step, log);
    }
    expect(reasons.findIndex((reason) => reason !== undefined)).toBe(6);
  });
});
