import { afterAll, describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';
import { isDirect, type SolverDefinition } from '../../src/solve/solver.ts';
import { plays, temperatureFor } from '../applicable.ts';
import { backendsHere } from '../devices/backends.ts';
import { totalVariation } from '../reference.ts';

const iterative = Object.values(solvers).filter((solver): solver is SolverDefinition => !isDirect(solver));
const games: readonly MatrixGame[] = [
  catalogueGame('rps'),
  catalogueGame('random:n=40,seed=3'),
  zeroSumGame([
    [1, -2, 0.5],
    [-1, 3, 0],
  ]),
];
const cases = iterative.flatMap((solver) =>
  games.filter((game) => plays(solver, game)).map((game) => [solver.name, game.name, solver, game] as const),
);
const devices = await Promise.all(
  (await backendsHere())
    .filter(({ name }) => name !== 'cpu')
    .map(async ({ name, steps, open }) => ({ name, steps, backend: await open() })),
);

describe.each(devices)('every solver on $name', ({ backend, steps }) => {
  afterAll(() => backend.dispose());

  it.each(cases)('%s on %s comes to where it comes on the CPU, and leaves no tensor', async (_, __, solver, game) => {
    const temperature = temperatureFor(solver, 0.2 * game.payoffSpan);
    const setting = instance(game, { temperature, seeds: [1, 2] });
    const options = { steps, tolerance: 0 };
    const { runs: expected } = await solve(cpuBackend(), setting, solver, options);
    const before = backend.liveTensors();
    const { runs } = await solve(backend, setting, solver, options);
    expect(backend.liveTensors()).toBe(before);
    // Log-probabilities carry rounding of about ε·span/τ; without τ, steps of η·span add up instead.
    const epsilon = 2 ** -23;
    const floor = epsilon * (temperature > 0 ? 1 + game.payoffSpan / temperature : steps);
    for (const [run, { answer }] of runs.entries())
      expect(totalVariation(answer.profile, expected[run].answer.profile)).toBeLessThanOrEqual(2 * floor);
  });
});
