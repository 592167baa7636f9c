import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { deviceBackend } from '../../src/numerics/tfjs/backend.ts';
import { wasmDevice } from '../../src/numerics/tfjs/wasm.ts';
import { type InstanceOptions, instance } from '../../src/solve/instance.ts';
import type { SolveOptions } from '../../src/solve/options.ts';
import { solve } from '../../src/solve/solve.ts';

async function runOf(
  name: string,
  game: Parameters<typeof instance>[0],
  setting: InstanceOptions,
  options: SolveOptions,
) {
  const { runs } = await solve(cpuBackend(), instance(game, setting), solverNamed(name), options);
  return runs[0];
}

describe('a theorem is not judged wrongly', () => {
  const far = zeroSumGame([
    [1000, 1001, 1000.2],
    [1000.3, 1000, 1001],
    [1001, 1000.1, 1000],
  ]);
  it.each(['extragradient', 'mirror-descent', 'best-response'])(
    '%s on payoffs far from 0: rounding is in units of the payoffs, not of their span',
    async (name) => {
      const run = await runOf(name, far, { temperature: 1 }, { steps: 3000, tolerance: 0 });
      expect(run.guarantee?.status).toBe('within');
    },
  );

  it('a schedule that leaves its theorem’s between the usual checks is outside the premises', async () => {
    const game = zeroSumGame([
      [0, 1, 0.2],
      [0.3, 0, 1],
      [1, 0.1, 0],
    ]);
    const params = { stepSize: '2/(tau*(t+2))+max(0,5-abs(t-500))*300' };
    const run = await runOf('nash-md', game, { temperature: 1 }, { params, steps: 600, tolerance: 0, checks: 'every' });
    expect(run.guarantee?.status).toBe('outside');
  });

  it('a bound that is no finite number is the reason, not the temperature', async () => {
    const game = zeroSumGame([
      [0, 1e160],
      [1e160, 0],
    ]);
    const run = await runOf('hedge', game, {}, { params: { stepSize: 1e-160 }, steps: 20 });
    expect(run.guarantee).toMatchObject({ status: 'unmeasured', reason: 'the bound is not a finite number' });
  });

  it('beyond 4τ/s² mirror descent is held against the rate it still has', async () => {
    const game = catalogueGame('tournament:n=5,seed=2');
    const at = async (stepSize: number) => {
      const options = { params: { stepSize }, steps: 400, tolerance: 0 };
      const { guarantee } = await runOf('mmd', game, { temperature: 0.2, seeds: [1] }, options);
      return guarantee;
    };
    expect(await at(0.79)).not.toHaveProperty('missed');
    expect(await at(1.2)).toMatchObject({ status: 'within', missed: expect.stringContaining('γ = 1.2') });
    expect((await at(1.2))?.statement).toContain('8τ/s²');
    expect((await at(1.7))?.statement).toContain('plateau');
  });

  it('a default step without a number names the span that it cannot square', async () => {
    const game = zeroSumGame([
      [0, 1e200],
      [1e200, 0],
    ]);
    const asked = runOf('mirror-descent', game, { temperature: 1e199 }, { steps: 5 });
    await expect(asked).rejects.toThrow(/payoffs of another scale than a span of 1e\+200/);
  });
});

describe('averages on a device', () => {
  it('are policies, and as good as on the CPU, after 30,000 steps in float32', async () => {
    const game = catalogueGame('rps');
    const options = { steps: 30_000, tolerance: 0, metrics: ['duality-gap'] };
    const setting = instance(game, { start: [0.6, 0.3, 0.1] });
    const device = deviceBackend(await wasmDevice());
    const { runs } = await solve(device, setting, solverNamed('optimistic'), options);
    const [run] = runs;
    const [home] = (await solve(cpuBackend(), setting, solverNamed('optimistic'), options)).runs;
    const average = run.iterates.average?.profile[0] as readonly number[];
    expect(Math.abs(average.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(1e-15);
    average.forEach((p, action) => {
      expect(Math.abs(p - (home.iterates.average?.profile[0][action] as number))).toBeLessThan(2e-6);
    });
    expect(run.guarantee?.status).toBe('within');
  }, 60_000);

  it('begin with the start, and are the mean of what was played', async () => {
    const game = preferenceGame([
      [0.5, 0.9],
      [0.1, 0.5],
    ]);
    const setting = instance(game, { start: [0.2, 0.8] });
    const device = deviceBackend(await wasmDevice());
    const options = { steps: 3, tolerance: 0, params: { stepSize: 1 } };
    const { history } = (await solve(device, setting, solverNamed('hedge'), options)).runs[0];
    const [last, average] = [history.path?.last ?? [], history.path?.average ?? []];
    expect(average[0][0][0]).toBeCloseTo(0.2, 6);
    expect(average[3][0][0]).toBeCloseTo((last[0][0][0] + last[1][0][0] + last[2][0][0]) / 3, 6);
  });
});
