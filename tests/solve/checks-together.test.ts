import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { hedge } from '../../solvers/hedge.ts';
import { mirrorDescent } from '../../solvers/mirror-descent.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import type { Solution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import { stillness } from '../../src/solve/stillness.ts';

/** Every number measured at a step, by column. A bound is about the number of steps, too. */
function record({ runs }: Solution, step: number): Record<string, number>[] {
  return runs.map(({ history }) => {
    const at = history.step.indexOf(step);
    expect(at, `step ${step}`).toBeGreaterThanOrEqual(0);
    const measured = Object.entries(history.columns).filter(([name]) => name !== 'bound');
    const columns = measured.map(([name, values]) => [name, values[at]]);
    return Object.fromEntries([...columns, ['oracleCalls', history.oracleCalls[at]]]) as Record<string, number>;
  });
}

const cases = [
  { name: 'one run', solver: extragradient, game: catalogueGame('random:n=5'), options: { temperature: 0.1 } },
  {
    name: 'runs of their own temperatures and starts',
    solver: extragradient,
    game: catalogueGame('random:n=4'),
    options: { temperature: [0.1, 1, 0.3], seeds: ['a', 'b', 'c'] },
  },
  {
    name: 'runs that share everything',
    solver: extragradient,
    game: catalogueGame('rps'),
    options: { temperature: [0.2, 0.2] },
  },
  {
    name: 'more checks in a block of steps than are measured at once',
    solver: extragradient,
    game: catalogueGame('random:n=30'),
    options: { temperature: 0.1 },
  },
  {
    name: 'two roles',
    solver: extragradient,
    game: zeroSumGame([
      [1, -2, 0.5, 0],
      [-1, 3, 0, 1],
      [0.3, -1, 1, 2],
    ]),
    options: { temperature: [0.3, 0.5], seeds: ['a', 'b'] },
  },
  {
    name: 'averages',
    solver: hedge,
    game: catalogueGame('random:n=6'),
    options: { temperature: 0, seeds: ['a', 'b'] },
  },
] as const;

describe('checks of neighbouring steps, measured together', () => {
  it.each(cases)('give the bits of a check of its own, curve by curve: $name', async ({ solver, game, options }) => {
    const start = Array.from(
      { length: game.actions[0] },
      (_, a) => (a + 1) / ((game.actions[0] * (game.actions[0] + 1)) / 2),
    );
    const setting = instance(game, 'seeds' in options || game.actions.length > 1 ? options : { ...options, start });
    // The default step size of hedge is made for a number of steps.
    const params: { stepSize: Schedule } = { stepSize: 0.2 };
    const run = (steps: number, checks: 'every' | 'log'): Promise<Solution> =>
      solve(cpuBackend({ reproducible: true }), setting, solver as typeof extragradient, {
        params,
        steps,
        checks,
        tolerance: 0,
      });
    const every = await run(70, 'every');
    expect(every.runs[0].history.step).toEqual(Array.from({ length: 71 }, (_, k) => k));
    // Steps of 33 to 64 are checked a few at a time on the log grid: those are measured one by one.
    const log = await run(70, 'log');
    const apart = log.runs[0].history.step.filter((step) => step > 32);
    expect(apart.length).toBeGreaterThan(5);
    for (const step of apart) expect(record(every, step)).toEqual(record(log, step));
    // The last check of a block that ends early stands alone.
    for (const steps of [1, 31, 33]) expect(record(await run(steps, 'log'), steps)).toEqual(record(every, steps));
  });

  it('end a run at the very step, in the middle of a block, with the answer of that step', async () => {
    const setting = instance(catalogueGame('random:n=5'), { temperature: 0.1, seeds: ['a', 'b'] });
    const all = await solve(cpuBackend(), setting, extragradient, { steps: 60, checks: 'every', tolerance: 0 });
    const gaps = all.runs.map(({ history }) => history.columns['last/regularized-gap']);
    // Met by the runs at different steps, none of them the last of a block.
    const tolerance = 2 * Math.max(gaps[0][40], gaps[1][40]);
    const seen: number[] = [];
    const ended = await solve(cpuBackend(), setting, extragradient, {
      steps: 60,
      checks: 'every',
      tolerance,
      onProgress: ({ step }) => seen.push(step),
    });
    ended.runs.forEach(({ result, steps, answer, history }, run) => {
      expect(result).toBe('converged');
      expect(steps).toBe(gaps[run].findIndex((gap) => gap <= tolerance));
      expect(steps % 32).not.toBe(0);
      expect(history.step).toHaveLength(steps + 1);
      expect(answer.metrics['regularized-gap']).toBe(gaps[run][steps]);
    });
    for (const [run, { steps, answer }] of ended.runs.entries()) {
      const there = await solve(cpuBackend(), setting, extragradient, { steps, checks: 'every', tolerance: 0 });
      expect(answer).toEqual(there.runs[run].answer);
    }
    const last = Math.max(...ended.runs.map(({ steps }) => steps));
    expect(seen).toEqual(Array.from({ length: last + 1 }, (_, step) => step));
  });

  it('keep the best iterate, wherever in a block or before it that one was', async () => {
    const seeds = [...'abcdefgh'];
    const setting = instance(catalogueGame('random:n=3'), { temperature: 0.03, seeds });
    const solver = mirrorDescent as unknown as typeof extragradient;
    const run = (steps: number): Promise<Solution> =>
      solve(cpuBackend(), setting, solver, { params: { stepSize: 1.5 }, steps, checks: 'every', tolerance: 0 });
    const ended = await Promise.all(Array.from({ length: 70 }, (_, k) => run(k + 1)));
    let betweenBlocks = 0;
    for (const run of seeds.keys()) {
      const gaps = ended[69].runs[run].history.columns['last/regularized-gap'];
      for (let steps = 1; steps <= 70; steps++) {
        const at = gaps.indexOf(Math.min(...gaps.slice(0, steps + 1)));
        if (at === 0) continue;
        // The iterate goes round on its way in: for long stretches it is farther out than it was.
        if (at < steps && at % 32 === 0) betweenBlocks++;
        expect(ended[steps - 1].runs[run].iterates.best).toEqual(ended[at - 1].runs[run].iterates.last);
      }
    }
    expect(betweenBlocks).toBeGreaterThan(0);
  });

  it('find a run at rest at the step where one check at a time does', async () => {
    const game = catalogueGame('random:n=4');
    const setting = instance(game, { temperature: [0.5, 1], seeds: ['a', 'b'] });
    const run = (steps: number, tolerance: number): Promise<Solution> =>
      solve(cpuBackend(), setting, extragradient, { steps, checks: 'every', tolerance });
    const { runs } = await run(400, 1e-300);
    expect(runs.map(({ result }) => result)).toEqual(['stalled', 'stalled']);
    expect(new Set(runs.map(({ steps }) => steps)).size).toBe(2);
    const still = stillness(game.actions, 2, { dtype: 'float64', name: 'cpu' });
    const found: (number | undefined)[] = [undefined, undefined];
    still.next(0, setting.start);
    for (let step = 1; found.includes(undefined); step++) {
      const { runs: there } = await run(step, 0);
      const log = [Float64Array.from(there.flatMap(({ answer }) => answer.logProfile[0]))];
      for (const run of [0, 1]) if (still.reason(run, step, log, 1) !== undefined) found[run] ??= step;
      still.next(step, log);
    }
    expect(runs.map(({ steps }) => steps)).toEqual(found);
  });

  it('end a run that leaves the finite numbers at the step before, in this block or the one before', async () => {
    const temperature = [50, 59];
    const setting = instance(catalogueGame('random:n=4'), { temperature, seeds: ['a', 'b'] });
    const solver = mirrorDescent as unknown as typeof extragradient;
    const run = (steps: number): Promise<Solution> =>
      solve(cpuBackend(), setting, solver, { params: { stepSize: 1000 }, steps, checks: 'every', tolerance: 0 });
    const { runs } = await run(70);
    expect(runs.map(({ result, steps }) => [result, steps])).toEqual([
      ['non-finite', 65],
      ['non-finite', 64],
    ]);
    for (const [k, { steps, history, answer, iterates }] of runs.entries()) {
      const there = (await run(steps)).runs[k];
      expect(there.result).toBe('step-limit');
      expect(history.step).toEqual(there.history.step);
      expect(answer).toEqual(there.answer);
      expect(iterates).toEqual(there.iterates);
    }
  });

  it('leave no tensor behind, also when an evaluation fails', async () => {
    const backend = cpuBackend();
    const setting = instance(catalogueGame('random:n=5'), { temperature: 0.1 });
    await solve(backend, setting, extragradient, { steps: 50, checks: 'every', tolerance: 0 });
    expect(backend.liveTensors()).toBe(0);
    const stop = new Error('stop');
    const failing = solve(backend, setting, extragradient, {
      steps: 50,
      checks: 'every',
      tolerance: 0,
      onProgress: ({ step }) => {
        if (step === 40) throw stop;
      },
    });
    await expect(failing).rejects.toBe(stop);
    expect(backend.liveTensors()).toBe(0);
  });
});
