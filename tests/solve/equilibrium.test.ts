import { beforeEach, expect, it, vi } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { solvers } from '../../solvers/catalogue.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { knownEquilibrium } from '../../src/solve/equilibrium.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { uniformProfile } from '../../src/solve/policies.ts';
import type { Instance } from '../../src/solve/problem.ts';
import { solve } from '../../src/solve/solve.ts';
import { withMatrix } from '../with-matrix.ts';

vi.mock('../../src/exact/quantal-response.ts', async (actual) => {
  const original = await actual<typeof import('../../src/exact/quantal-response.ts')>();
  return { ...original, quantalResponse: vi.fn(original.quantalResponse) };
});

const newton = vi.mocked(quantalResponse);
const temperature = 1e-3;

const unsolved = (game: MatrixGame, gap: number): void => {
  newton.mockReturnValueOnce({ profile: uniformProfile(game), gap, newtonSteps: 1, path: [] });
};

function instanceOf(seed: number): Instance & { readonly game: MatrixGame } {
  const game = withMatrix(catalogueGame(`tournament:n=5,seed=${seed}`));
  const start = uniformProfile(game);
  return { game, runs: 1, temperature, reference: start, start };
}

beforeEach(() => {
  newton.mockClear();
});

it('an answer that does not solve the equation is no equilibrium, and is not remembered', () => {
  const instance = instanceOf(1);
  for (const gap of [1e-3, 1e-12, Number.NaN]) {
    unsolved(instance.game, gap);
    expect(knownEquilibrium(instance)).toEqual({ unknown: expect.stringContaining('regularised gap') });
  }
  expect(knownEquilibrium(instance)).toHaveProperty('profile');
  expect(newton).toHaveBeenCalledTimes(4);
});

it('one exact to rounding is, and is remembered', () => {
  const instance = instanceOf(2);
  const first = knownEquilibrium(instance);
  expect(first).toHaveProperty('profile');
  expect(knownEquilibrium(instance)).toEqual(first);
  expect(newton).toHaveBeenCalledTimes(1);
});

it('a theorem about the distance to an equilibrium that was not found is not measured, and says why', async () => {
  const instance = instanceOf(3);
  unsolved(instance.game, 1.7e-5);
  const { runs } = await solve(cpuBackend(), instance, solvers.extragradient, { params: {}, steps: 50 });
  expect(runs[0].guarantee).toMatchObject({ status: 'unmeasured', reason: expect.stringContaining('1.7e-5') });
});
