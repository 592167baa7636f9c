import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { uniformProfile } from '../../src/solve/policies.ts';
import { solve } from '../../src/solve/solve.ts';
import { callsPerStep, isDirect, type SolverDefinition } from '../../src/solve/solver.ts';
import { plays, temperatureFor } from '../applicable.ts';
import { totalVariation } from '../reference.ts';

const iterative = Object.values(solvers).filter((solver): solver is SolverDefinition => !isDirect(solver));
const regularised = iterative.filter(({ equilibrium }) => equilibrium === 'regularised');
const games: readonly MatrixGame[] = [
  catalogueGame('random:n=7,seed=3'),
  zeroSumGame([
    [1, -2, 0.5],
    [-1, 3, 0],
  ]),
];
const temperatureOf = (solver: SolverDefinition): number => temperatureFor(solver, 0.2);
/** For what plays neither. */
const population = catalogueGame('annotators:groups=3,n=5,seed=2');
const each = iterative.flatMap((solver) => {
  const played = games.filter((game) => plays(solver, game));
  const others = played.length === 0 && plays(solver, population) ? [population] : [];
  return [...played, ...others].map((game) => [solver.name, game.name, solver, game] as const);
});

describe('every solver obeys the contract', () => {
  it('on one of these games at least', () => {
    expect(iterative.map(({ name }) => name).filter((name) => !each.some(([tried]) => tried === name))).toEqual([]);
  });

  it.each(each)('%s on %s: a run is the same alone and in a batch, bit for bit', async (_name, _game, solver, game) => {
    const seeds = ['a', 'b', 'c'];
    const options = { steps: 300, tolerance: 1e-6 };
    const temperature = temperatureOf(solver);
    const batch = await solve(cpuBackend(), instance(game, { temperature, seeds }), solver, options);
    for (const [run, seed] of seeds.entries()) {
      const alone = await solve(cpuBackend(), instance(game, { temperature, seeds: [seed] }), solver, options);
      expect(batch.runs[run]).toEqual(alone.runs[0]);
    }
  });

  it.each(regularised.map((solver) => [solver.name, solver] as const))(
    '%s: runs of several temperatures in one batch are those of their own',
    async (_, solver) => {
      const temperatures = [0.1, 0.4, 1];
      const options = { steps: 200, tolerance: 1e-7 };
      const batch = await solve(cpuBackend(), instance(games[0], { temperature: temperatures }), solver, options);
      for (const [run, temperature] of temperatures.entries()) {
        const alone = await solve(cpuBackend(), instance(games[0], { temperature }), solver, options);
        expect(totalVariation(batch.runs[run].answer.profile, alone.runs[0].answer.profile)).toBeLessThanOrEqual(1e-14);
        expect(batch.runs[run].steps).toBe(alone.runs[0].steps);
      }
    },
  );

  it.each(each)('%s on %s leaves no tensor behind', async (_name, _game, solver, game) => {
    const backend = cpuBackend();
    const kept = backend.ops.fill([1, 3], 1);
    expect(backend.liveTensors()).toBe(1);
    await solve(backend, instance(game, { temperature: temperatureOf(solver), seeds: [1, 2] }), solver, { steps: 50 });
    expect(backend.liveTensors()).toBe(1);
    backend.release(kept);
    expect(backend.liveTensors()).toBe(0);
  });

  it.each(each)('%s on %s makes the oracle calls it declares', async (_name, _game, solver, game) => {
    const count = async (steps: number): Promise<number> => {
      const setting = instance(game, { temperature: temperatureOf(solver), seeds: [1] });
      return (await solve(cpuBackend(), setting, solver, { steps, tolerance: 0 })).runs[0].oracleCalls;
    };
    expect((await count(17)) - (await count(7))).toBe(
      10 * callsPerStep(solver, solver.params.parse({})) * game.actions.length,
    );
  });

  it.each(regularised.map((solver) => [solver.name, solver] as const))(
    '%s started at the equilibrium stays there, unless it is Nash-MD, whose first scheduled step forgets the start',
    async (name, solver) => {
      const [game] = games;
      const { profile } = quantalResponse(game, 0.2, uniformProfile(game));
      const setting = { game, runs: 1, temperature: 0.2, reference: uniformProfile(game), start: profile };
      const { runs } = await solve(cpuBackend(), setting, solver, { steps: 200, tolerance: 0 });
      const drift = runs[0].iterates.last?.metrics['kl-to-equilibrium'] as number;
      expect(drift < 1e-26).toBe((solver.choiceOf ?? name) !== 'nash-md');
    },
  );

  // What the others approach has tests of its own.
  const named = each.filter(([, , { equilibrium }]) => equilibrium !== 'none');
  it.each(named)('%s on %s comes to the equilibrium it names', async (_name, _game, solver, game) => {
    const temperature = temperatureOf(solver);
    const { runs } = await solve(cpuBackend(), instance(game, { temperature, seeds: [5] }), solver, { steps: 30_000 });
    const [run] = runs;
    const gap = run.answer.metrics[run.gap] as number;
    // Averages come near at 1/√T or 1/T, and so do the plays that fictitious play counts.
    const share = solver.family === 'unregularised' || solver.iterate === 'average' ? 0.02 : 1e-6;
    expect(gap).toBeLessThanOrEqual(share * game.payoffSpan);
    expect(run.guarantee?.status).toBe(solver.guarantees.length === 0 ? undefined : 'within');
  });
});
