import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { hedge } from '../../solvers/hedge.ts';
import { nashMd } from '../../solvers/nash-md.ts';
import { optimistic } from '../../solvers/optimistic.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { nextCheck } from '../../src/solve/check-grid.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

const game = catalogueGame('random:n=6,seed=2');
const setting = instance(game, { temperature: 0.1 });

describe('the loop', () => {
  it('checks about 200 times in a million steps, at every early step, and at the last', () => {
    const grid = [0];
    while (grid[grid.length - 1] < 1_000_000) grid.push(nextCheck(grid[grid.length - 1], 1_000_000));
    expect(grid.length).toBeGreaterThan(150);
    expect(grid.length).toBeLessThan(260);
    expect(grid.slice(0, 15)).toEqual([...Array(15).keys()]);
    expect(grid[grid.length - 1]).toBe(1_000_000);
  });

  it('converged means that the certified gap is at most the tolerance', async () => {
    // A small step, so that no check falls far below the tolerance by luck.
    const { runs } = await solve(cpuBackend(), setting, extragradient, { tolerance: 1e-7, params: { stepSize: 0.05 } });
    expect(runs[0].result).toBe('converged');
    expect(runs[0].answer.metrics['regularized-gap']).toBeLessThanOrEqual(1e-7);
    const gaps = runs[0].history.columns['last/regularized-gap'];
    expect(gaps.slice(0, -1).every((gap) => gap > 1e-7)).toBe(true);
  });

  it('tolerance 0 runs all steps', async () => {
    const { runs } = await solve(cpuBackend(), setting, extragradient, { tolerance: 0, steps: 777 });
    expect(runs[0]).toMatchObject({ result: 'step-limit', steps: 777, oracleCalls: 1554 });
  });

  it.each([
    // Thirty-two checks are one product; those of the start and of the last, shorter block are one each.
    ['measured together', game, 1 + 1 + 8],
    // The product at π_t serves the check as well, but for one step in eight, where a scope ends.
    ['whose payoffs are used again', catalogueGame('random:n=48,seed=2'), 7],
  ])('measured after every step, a run is the same run, with checks %s', async (_, game, own) => {
    const regularised = instance(game, { temperature: 0.1 });
    for (const definition of [extragradient, nashMd, optimistic]) {
      const problem = definition === optimistic ? instance(game) : regularised;
      const options = { tolerance: 0, steps: 40 };
      const counted = cpuBackend();
      const products = { count: 0 };
      const { matVec } = counted.ops;
      const ops = {
        ...counted.ops,
        matVec(...args: Parameters<typeof matVec>) {
          products.count++;
          return matVec(...args);
        },
      };
      const every = await solve({ ...counted, ops }, problem, definition, {
        ...options,
        checks: 'every',
        average: false,
      });
      const grid = await solve(cpuBackend(), problem, definition, options);
      expect(every.runs[0].history.step).toEqual([...Array(41).keys()]);
      expect(grid.runs[0].history.step.length).toBeLessThan(35);
      expect(every.runs[0].answer).toEqual(grid.runs[0].answer);
      expect(every.runs[0].oracleCalls).toBe(grid.runs[0].oracleCalls);
      for (const [k, step] of grid.runs[0].history.step.entries())
        for (const name of ['last/duality-gap', 'last/max-regret'])
          expect(every.runs[0].history.columns[name][step]).toBe(grid.runs[0].history.columns[name][k]);
      // Two products a step, and those of the checks.
      if (definition === extragradient) expect(products.count).toBeLessThanOrEqual(40 * 2 + own);
    }
  });

  it('a check and the step after it share their product at every size', async () => {
    const backend = cpuBackend();
    const products = { count: 0 };
    const { matVec } = backend.ops;
    const ops = {
      ...backend.ops,
      matVec(...args: Parameters<typeof matVec>) {
        products.count++;
        return matVec(...args);
      },
    };
    const wide = instance(catalogueGame('random:n=160,seed=1'), { temperature: 0.1 });
    const metrics = ['regularized-gap'];
    const options = { steps: 30, tolerance: 0, metrics, average: false, checks: 'every' } as const;
    await solve({ ...backend, ops }, wide, extragradient, options);
    // Two a step, one for the check at the start, and one for the check at the end.
    expect(products.count).toBe(30 * 2 + 2);
  });

  it('ends an interrupted run at the step where it was, recorded once', async () => {
    for (const checks of ['every', 'log'] as const) {
      const signal = { aborted: false };
      setTimeout(() => {
        signal.aborted = true;
      }, 120);
      const { runs } = await solve(cpuBackend(), setting, extragradient, { steps: 1e8, tolerance: 0, signal, checks });
      const { step } = runs[0].history;
      expect(runs[0]).toMatchObject({ result: 'aborted', reason: 'interrupted', steps: step.at(-1) });
      expect(new Set(step).size).toBe(step.length);
    }
  });

  it('leaves nothing on the backend where a listener throws', async () => {
    const backend = cpuBackend();
    const onProgress = ({ step }: { step: number }): void => {
      if (step >= 20) throw new Error('enough');
    };
    await expect(solve(backend, setting, extragradient, { tolerance: 0, onProgress })).rejects.toThrow('enough');
    expect(backend.liveTensors()).toBe(0);
  });

  it('a budget in oracle calls is a limit on calls, those of the start included', async () => {
    const { runs } = await solve(cpuBackend(), setting, extragradient, { tolerance: 0, calls: 501 });
    expect(runs[0].oracleCalls).toBe(500);
    const free = instance(game);
    const { runs: others } = await solve(cpuBackend(), free, optimistic, { tolerance: 0, calls: 100 });
    expect(others[0].oracleCalls).toBe(100);
    await expect(solve(cpuBackend(), free, optimistic, { calls: 1 })).rejects.toMatchObject({ code: 'bad-option' });
  });

  it('the rounding of many small steps is no violation of a theorem', async () => {
    const many = instance(catalogueGame('random:n=20,seed=3'), { temperature: 0.5 });
    const { runs } = await solve(cpuBackend(), many, extragradient, {
      params: { stepSize: 0.002 },
      steps: 60_000,
      tolerance: 0,
    });
    const [{ guarantee, history }] = runs;
    const measured = history.columns['last/kl-to-equilibrium'].at(-1) as number;
    expect(measured).toBeGreaterThan(2 * (history.columns.bound.at(-1) as number));
    expect(guarantee?.status).toBe('within');
  });

  it('an iterate that no longer moves is stalled, not endless', async () => {
    const { runs } = await solve(cpuBackend(), setting, extragradient, { tolerance: 1e-300, steps: 1_000_000 });
    expect(runs[0].result).toBe('stalled');
    expect(runs[0].steps).toBeLessThan(10_000);
  });

  it('the best iterate is the recorded one of smallest gap', async () => {
    const start = instance(catalogueGame('rps'), { start: [0.6, 0.3, 0.1] });
    const { runs } = await solve(cpuBackend(), start, hedge, {
      steps: 500,
      iterate: 'best',
      params: { stepSize: 0.1 },
    });
    const gaps = runs[0].history.columns['last/duality-gap'];
    expect(runs[0].answer.metrics['duality-gap']).toBe(Math.min(...gaps));
    expect(runs[0].iterates.last?.metrics['duality-gap']).toBe(gaps[gaps.length - 1]);
    const at = gaps.indexOf(Math.min(...gaps));
    expect(at).toBeLessThan(gaps.length - 2);
    expect(runs[0].answer.profile).toEqual(runs[0].history.path?.last?.[at]);
  });

  it('the average iterate is the mean of the policies played, π₀ … π_{T−1}', async () => {
    const start = instance(catalogueGame('rps'), { start: [0.6, 0.3, 0.1] });
    const options = { params: { stepSize: 0.1 }, tolerance: 0 };
    const played = [];
    for (const steps of [1, 2, 3])
      played.push((await solve(cpuBackend(), start, hedge, { ...options, steps })).runs[0]);
    const average = played[2].iterates.average?.profile[0] as readonly number[];
    const path = [
      [0.6, 0.3, 0.1],
      ...played.slice(0, 2).map((run) => run.iterates.last?.profile[0] as readonly number[]),
    ];
    average.forEach((value, a) => {
      expect(value).toBeCloseTo(path.reduce((sum, policy) => sum + policy[a], 0) / 3, 14);
    });
  });

  it('an abort ends at the next breath, with what was reached', async () => {
    const controller = new AbortController();
    const options = {
      tolerance: 0,
      steps: 100_000_000,
      signal: controller.signal,
      onProgress: ({ step }: { step: number }) => step > 50 && controller.abort(),
    };
    const { runs } = await solve(cpuBackend(), setting, nashMd, options);
    expect(runs[0]).toMatchObject({ result: 'aborted', reason: 'interrupted' });
    expect(runs[0].steps).toBeGreaterThan(0);
    expect(runs[0].answer.profile[0]).toHaveLength(6);
  });

  it('a time limit is kept', async () => {
    const options = { tolerance: 0, steps: 1_000_000_000, timeLimitSeconds: 0.2 };
    const { runs, wallSeconds } = await solve(cpuBackend(), setting, nashMd, options);
    expect(runs[0]).toMatchObject({ result: 'aborted', reason: 'time limit' });
    expect(wallSeconds).toBeLessThan(10);
  });

  it('the time limit holds for the equilibrium that is computed alongside, too', async () => {
    const hard = instance(catalogueGame('random:n=300'), { temperature: 1e-5 });
    const { runs, wallSeconds } = await solve(cpuBackend(), hard, extragradient, { timeLimitSeconds: 0.001 });
    expect(runs[0]).toMatchObject({ result: 'aborted', reason: 'time limit' });
    expect(runs[0].guarantee?.status).toBe('unmeasured');
    expect(runs[0].guarantee?.reason).toBe('the time limit was reached before the equilibrium was found');
    expect(wallSeconds).toBeLessThan(2);
  });

  it('runs of one batch end each at its own time, and keep their answer', async () => {
    const batch = instance(game, { temperature: [1, 0.05] });
    const { runs } = await solve(cpuBackend(), batch, extragradient, { tolerance: 1e-9 });
    expect(runs[0].steps).toBeLessThan(runs[1].steps);
    expect(runs.map(({ result }) => result)).toEqual(['converged', 'converged']);
    expect(runs[0].history.step.at(-1)).toBe(runs[0].steps);
  });

  it('every recorded column has one value per check', async () => {
    const { runs } = await solve(cpuBackend(), setting, extragradient);
    const { step, oracleCalls, columns } = runs[0].history;
    expect(oracleCalls).toHaveLength(step.length);
    for (const values of Object.values(columns)) expect(values).toHaveLength(step.length);
    expect(Object.keys(columns)).toContain('bound');
  });

  it.each([
    [{ steps: 0 }, 'bad-option'],
    [{ steps: 1.5 }, 'bad-option'],
    [{ tolerance: -1 }, 'bad-option'],
    [{ tolerance: Number.NaN }, 'bad-option'],
    [{ calls: -3 }, 'bad-option'],
    [{ params: { stepSize: 0 } }, 'bad-parameter'],
    [{ params: { stepSize: -1 } }, 'bad-parameter'],
    [{ params: { stepSize: 'log(0)' } }, 'bad-parameter'],
    [{ params: { stepSize: 'abs(t-3)' } }, 'bad-parameter'],
    [{ params: { stepSize: 'sqrt(5-t)' } }, 'bad-parameter'],
    [{ params: { stepsize: 1 } }, 'bad-parameter'],
    [{ params: { stepSize: 'foo(t)' } }, 'bad-schedule'],
    [{ metrics: ['duality-gab'] }, 'unknown-name'],
  ])('misuse %j is refused with %s', async (options, code) => {
    await expect(solve(cpuBackend(), setting, extragradient, options as never)).rejects.toMatchObject({ code });
  });

  it('a temperature below 0, or above it for an unregularised solver, is refused', async () => {
    await expect(solve(cpuBackend(), { ...setting, temperature: -1 }, extragradient)).rejects.toMatchObject({
      code: 'bad-parameter',
    });
    await expect(solve(cpuBackend(), setting, hedge)).rejects.toMatchObject({ code: 'not-applicable' });
    expect(() => instance(game, { reference: [1, 0, 0, 0, 0, 0] })).toThrow('full support');
    expect(() => instance(game, { reference: [0.5, 0.5] })).toThrow('6, one per action');
  });
});
