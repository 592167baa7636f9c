import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { mirrorDescent } from '../../solvers/mirror-descent.ts';
import type { Schedule } from '../../src/core/schedule.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { randomProfile } from '../../src/solve/policies.ts';
import type { HostProfile, Instance } from '../../src/solve/problem.ts';
import type { RunSolution } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import { hasStepSize, ignoresTemperature, isDirect, type SolverDefinition } from '../../src/solve/solver.ts';
import { plays } from '../applicable.ts';

const iterative = Object.values(solvers).filter((solver): solver is SolverDefinition => !isDirect(solver));
const games: readonly Game[] = [
  catalogueGame('random:n=5,seed=3'),
  zeroSumGame([
    [1, -2, 0.5],
    [-1, 3, 0],
  ]),
];

interface Row {
  readonly temperature: number;
  readonly stepSize: Schedule;
  readonly start: string;
  readonly reference: string;
}

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** @param own schedules beside constants and decay, such as those of the temperature. */
const rowWith = (...own: readonly Schedule[]): fc.Arbitrary<Row> =>
  fc.record({
    temperature: number(0.05, 1),
    stepSize: fc.oneof(
      number(0.01, 0.3),
      number(0.01, 0.3).map((c) => `${c}/sqrt(t+1)`),
      fc.constantFrom<Schedule>(0.1, ...own),
    ),
    start: fc.constantFrom('a', 'b', 'c'),
    reference: fc.constantFrom('x', 'y'),
  });
const free = rowWith('1/(span+1)');
const regularised = rowWith('1/(span+2*tau)', '2/(tau*(t+2))', 'min(0.2, tau/span^2)');

const stacked = (profiles: readonly HostProfile[]): HostProfile =>
  profiles[0].map((_, role) => Float64Array.from(profiles.flatMap((profile) => [...profile[role]])));

function instanceOf(game: Game, rows: readonly Row[], withoutTemperature: boolean): Instance {
  const taus = rows.map(({ temperature }) => (withoutTemperature ? 0 : temperature));
  return {
    game,
    runs: rows.length,
    temperature: rows.length === 1 ? taus[0] : taus,
    reference: stacked(rows.map(({ reference }) => randomProfile(game, reference))),
    start: stacked(rows.map(({ start }) => randomProfile(game, start))),
  };
}

async function answers(game: Game, solver: SolverDefinition, rows: readonly Row[]): Promise<readonly unknown[]> {
  const setting = instanceOf(game, rows, ignoresTemperature(solver));
  const params = rows.map(({ stepSize }) => (hasStepSize(solver) ? { stepSize } : {}));
  const solution = await solve(cpuBackend(), setting, solver, { steps: 60, tolerance: 1e-3, params });
  return solution.runs.map((run: RunSolution, k) => ({ run, params: solution.params[k] }));
}

describe('a run is the same in a batch as alone, bit for bit', () => {
  const each = iterative.flatMap((solver) =>
    games.filter((game) => plays(solver, game)).map((game) => [solver.name, game.name, solver, game] as const),
  );

  it.each(each)('%s on %s with temperature, step size, start and reference per run', async (_s, _g, solver, game) => {
    const row = ignoresTemperature(solver) ? free : regularised;
    const property = fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 4 }), async (rows) => {
      const batch = await answers(game, solver, rows);
      for (const [k, own] of rows.entries()) expect([batch[k]]).toStrictEqual(await answers(game, solver, [own]));
    });
    await fc.assert(property, { numRuns: 12 });
  });
});

describe('parameters per run', () => {
  const setting = instance(games[0], { temperature: 0.1, runs: 2 });
  const options = { steps: 5, tolerance: 0 };

  it('each theorem is judged with the step size of its run', async () => {
    const params = [{ stepSize: 0.1 }, { stepSize: 50 }];
    const { runs } = await solve(cpuBackend(), setting, extragradient, { ...options, params });
    expect(runs.map(({ guarantee }) => guarantee?.status)).toEqual(['within', 'outside']);
  });

  it('refuses other parameters that differ, and a number of sets that is not that of the runs', async () => {
    const forms = [{ form: 'explicit' }, { form: 'proximal' }];
    const differing = solve(cpuBackend(), setting, mirrorDescent, { ...options, params: forms });
    await expect(differing).rejects.toMatchObject({ code: 'bad-parameter' });
    const short = solve(cpuBackend(), setting, extragradient, { ...options, params: [{ stepSize: 0.1 }] });
    await expect(short).rejects.toThrow('1 parameter sets for 2 runs');
  });

  it('refuses regularised and unregularised runs in one batch', async () => {
    const mixed = instance(games[0], { temperature: [0, 0.1] });
    await expect(solve(cpuBackend(), mixed, extragradient, { params: { stepSize: 0.1 } })).rejects.toThrow(
      'temperatures 0 and 0.1 in one batch',
    );
  });
});
