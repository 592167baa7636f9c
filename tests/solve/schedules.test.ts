import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

const weighted = (name: string, magnetTemperature: unknown, steps = 40) =>
  solve(cpuBackend(), instance(catalogueGame('rps'), { seeds: [1] }), solvers[name], {
    params: { magnetTemperature },
    steps,
  });

describe('schedules beside the step size are held against the run they are for', () => {
  it.each([
    ['comal', 'span/tau', 'span/tau is Infinity at step 0'],
    ['comal', '2-n', '2-n is -1 at step 0'],
    ['mpo', '1-t/30', '"magnetTemperature" of solver "mpo": 1-t/30 is -'],
    ['moving-magnet', -1, '"magnetTemperature" of solver "moving-magnet": -1; expected a finite number above 0'],
  ])('%s refuses %s', async (name, given, words) => {
    await expect(weighted(name, given)).rejects.toThrow(words);
  });

  it.each(['0.5-tau', '10-n', '1-t/50'])('%s, positive throughout, is taken', async (given) => {
    const { runs } = await weighted('mmd-annealed', given);
    expect(runs[0].result).not.toBe('non-finite');
  });

  it('one that cannot be read is named', async () => {
    await expect(weighted('mpo', 'span/')).rejects.toMatchObject({ code: 'bad-schedule' });
    await expect(weighted('mpo', 'span/')).rejects.toThrow('schedule "span/" cannot be parsed');
  });
});
