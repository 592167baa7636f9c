import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { polymatrixPreferenceGame } from '../../games/players/polymatrix-preference.ts';
import { solverNamed } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { type InstanceOptions, instance } from '../../src/solve/instance.ts';
import type { SolveOptions } from '../../src/solve/options.ts';
import { solve } from '../../src/solve/solve.ts';
import { referenceGame } from '../exact/reference-arrays.ts';
import { gameOf } from '../reference.ts';

const rps = catalogueGame('rps');
const shapley = gameOf(referenceGame('shapley_openspiel'));
const twoStarts = [
  [0.5, 0.3, 0.2],
  [0.2, 0.5, 0.3],
];

async function label(solver: string, game: Game, setting: InstanceOptions, options: SolveOptions) {
  const quick = { tolerance: 0, average: false, metrics: [], dynamics: true, ...options };
  const [run] = (await solve(cpuBackend(), instance(game, setting), solverNamed(solver), quick)).runs;
  if (run.dynamics === undefined) throw new Error('no dynamics');
  return run.dynamics;
}

describe('labels of runs', () => {
  it('multiplicative weights spread in rock, paper, scissors', async () => {
    const found = await label('hedge', rps, { start: [0.5, 0.25, 0.25] }, { params: { stepSize: 0.1 }, steps: 2000 });
    expect(found.label).toBe('spreads');
  });

  it('their flow cycles, without end and without growth', async () => {
    const found = await label('replicator', rps, { start: [0.5, 0.25, 0.25] }, { steps: 6000 });
    expect(found).toMatchObject({ label: 'cycles', unit: 'step' });
    expect(Math.abs(found.exponent ?? 1)).toBeLessThan(4 * (found.error ?? 0));
    // Near the centre a turn takes 2π/(√3/6), in steps of 1/4.
    const turn = (2 * Math.PI) / (Math.sqrt(3) / 6) / 0.25;
    expect(found.period).toBeGreaterThan(turn);
    expect(found.period).toBeLessThan(1.1 * turn);
  });

  it('optimism converges, and so does mirror descent of the regularised game', async () => {
    for (const [solver, temperature] of [
      ['optimistic', 0],
      ['mirror-descent', 0.1],
    ] as const) {
      const found = await label(solver, rps, { start: [0.5, 0.3, 0.2], temperature }, { steps: 2000 });
      expect(found.label).toBe('converges');
      expect(found.exponent).toBeLessThan(0);
    }
  });

  it('two players of MNPO who swap places at every step do not rest, though their range shrinks by chance', async () => {
    const two = polymatrixPreferenceGame(rps, 2, { roles: 'own' });
    const setting = {
      start: [
        [0.5, 0.3, 0.2],
        [0.2, 0.2, 0.6],
      ],
    };
    for (const steps of [1000, 1500, 2000, 2500])
      expect((await label('mnpo', two, setting, { steps, params: { stepSize: 0.01 } })).label).not.toBe('converges');
  });

  it('replies alone go round: rock, paper, scissors in three steps', async () => {
    const found = await label('best-response', rps, { start: [0.5, 0.3, 0.2], temperature: 0.1 }, { steps: 400 });
    expect(found).toMatchObject({ label: 'cycles', period: 3 });
    expect(found.exponent).toBeLessThan(0);
  });

  it('replicator in Shapley’s game goes from corner to corner, and stays longer at each', async () => {
    expect((await label('replicator', shapley, { start: twoStarts }, { steps: 8000 })).label).toBe('spreads');
  });

  it('a run that was labelled ends as it does without, and says nothing where nobody asked', async () => {
    const setting = instance(rps, { temperature: 0.1, seeds: [1, 2] });
    const options = { steps: 200, tolerance: 0 };
    const definition = solverNamed('extragradient');
    const plain = await solve(cpuBackend(), setting, definition, options);
    const labelled = await solve(cpuBackend(), setting, definition, { ...options, dynamics: true });
    for (const [k, { dynamics, ...run }] of labelled.runs.entries()) {
      expect(dynamics?.label).toBe('converges');
      expect(run).toEqual(plain.runs[k]);
      expect('dynamics' in plain.runs[k]).toBe(false);
    }
    await expect(solve(cpuBackend(), instance(rps), solverNamed('exact'), { dynamics: true })).rejects.toThrow(
      'the dynamics of "exact"',
    );
  });
});

describe('fictitious play', () => {
  it('converges in a zero-sum game, one nat of its memory per unit of time', async () => {
    const found = await label('fictitious-play', rps, { start: [0.5, 0.3, 0.2] }, { steps: 10_000 });
    expect(found).toMatchObject({ label: 'converges', unit: 'time' });
    expect(found.exponent).toBeCloseTo(-1, 0);
  });
});
