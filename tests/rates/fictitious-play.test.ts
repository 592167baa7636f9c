import { describe, expect, it } from 'vitest';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { type InstanceOptions, instance } from '../../src/solve/instance.ts';
import type { SolveOptions } from '../../src/solve/options.ts';
import { solve } from '../../src/solve/solve.ts';
import { referenceGame } from '../exact/reference-arrays.ts';
import { gameOf, playersGameOf } from '../reference.ts';

const shapley = gameOf(referenceGame('shapley_openspiel'));
const jordan = playersGameOf(referenceGame('jordan_matching_pennies_3p'));
const twoStarts = [
  [0.5, 0.3, 0.2],
  [0.2, 0.5, 0.3],
];
const threeStarts = [
  [0.7, 0.3],
  [0.6, 0.4],
  [0.4, 0.6],
];

async function label(solver: string, game: Game, setting: InstanceOptions, options: SolveOptions) {
  const quick = { tolerance: 0, average: false, metrics: [], dynamics: true, ...options };
  const [run] = (await solve(cpuBackend(), instance(game, setting), solverNamed(solver), quick)).runs;
  if (run.dynamics === undefined) throw new Error('no dynamics');
  return run.dynamics;
}

describe('fictitious play, over many steps', () => {
  it('cycles in Shapley’s game (1964), each turn ten times as long as the one before', async () => {
    const found = await label('fictitious-play', shapley, { start: twoStarts }, { steps: 40_000 });
    expect(found).toMatchObject({ label: 'cycles', unit: 'time' });
    expect(found.period).toBeGreaterThan(2.28);
    expect(found.period).toBeLessThan(2.34);
  });

  it('cycles in Jordan’s game of three players (1993)', async () => {
    const found = await label('fictitious-play', jordan, { start: threeStarts }, { steps: 100_000 });
    expect(found).toMatchObject({ label: 'cycles', unit: 'time' });
    expect(found.period).toBeGreaterThan(2.86);
    expect(found.period).toBeLessThan(2.96);
  });

  it.each([
    ['local_max_cut_222', 10_000],
    ['qe_anticoord_3p_v2', 10_000],
    ['gambit_2222_three', 10_000],
    ['pref_cycle_2_4_8_n3', 30_000],
    ['vdlaan_g1_222', 10_000],
  ] as const)('in %s its label and its gap agree', async (id, steps) => {
    const game = playersGameOf(referenceGame(id));
    const start = game.actions.map((count, role) => {
      const weights = Array.from({ length: count }, (_, a) => 1 + ((a + 2 * role) % count) / 2);
      const total = weights.reduce((sum, w) => sum + w, 0);
      return weights.map((w) => w / total);
    });
    const options = { steps, tolerance: 0, average: false, dynamics: true };
    const [run] = (await solve(cpuBackend(), instance(game, { start }), solverNamed('fictitious-play'), options)).runs;
    const gap = run.answer.metrics['nash-conv'] as number;
    expect(gap > 0.01 * game.payoffSpan).toBe(id === 'vdlaan_g1_222');
    expect(run.dynamics?.label === 'converges').toBe(id !== 'vdlaan_g1_222');
  });
});
