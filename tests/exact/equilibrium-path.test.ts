import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { newton } from '../../solvers/newton.ts';
import { equilibriumPath } from '../../src/exact/equilibrium-path.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { uniformProfile } from '../../src/solve/policies.ts';
import type { EquilibriumPath } from '../../src/solve/solution.ts';
import { solve } from '../../src/solve/solve.ts';
import { gameOf, reference, totalVariation } from '../reference.ts';
import { withMatrix } from '../with-matrix.ts';

const probabilities = (log: readonly Float64Array[]): number[][] => log.map((row) => Array.from(row, Math.exp));

/** A path of two points over four actions or more, which peak at one end or the other. */
function pathOf(...points: readonly (readonly number[])[]): EquilibriumPath {
  return equilibriumPath(
    points.map((policy, k) => ({ temperature: 1 / (k + 1), gap: 0, profile: [Float64Array.from(policy, Math.log)] })),
  );
}

describe('the path of equilibria', () => {
  it.each(['random:n=8,seed=4', 'blotto:4,3', 'tournament:n=11,seed=1'])(
    '%s: holds an equilibrium at each of its temperatures, evenly from four spans to the last',
    (name) => {
      const game = withMatrix(catalogueGame(name));
      const rho = uniformProfile(game);
      const { path, profile, gap } = quantalResponse(game, 0.004, rho, { points: 25 });
      expect(path).toHaveLength(25);
      expect(path[0].temperature).toBeCloseTo(4 * game.payoffSpan, 12);
      expect(path[24]).toEqual({ temperature: 0.004, profile, gap });
      const ratio = path[1].temperature / path[0].temperature;
      path.forEach((point, k) => {
        if (k > 0) expect(point.temperature / path[k - 1].temperature).toBeCloseTo(ratio, 10);
        expect(point.gap).toBeLessThan(1e-14);
        const alone = quantalResponse(game, point.temperature, rho).profile;
        expect(totalVariation(probabilities(point.profile), probabilities(alone))).toBeLessThan(1e-10);
      });
    },
  );

  it('is left out unless it is asked for, and above 200 actions', async () => {
    const answer = async (name: string, params: Readonly<Record<string, number>>) => {
      const game = catalogueGame(name);
      const rho = uniformProfile(game);
      const setting = { game, runs: 1, temperature: 0.5, reference: rho, start: rho };
      return (await solve(cpuBackend(), setting, newton, { params })).runs[0].equilibriumPath?.temperature.length;
    };
    const small = withMatrix(catalogueGame('random:n=5'));
    expect(quantalResponse(small, 0.1, uniformProfile(small)).path).toEqual([]);
    expect(await answer('random:n=5', {})).toBe(48);
    expect(await answer('random:n=5', { points: 7 })).toBe(7);
    expect(await answer('random:n=5', { points: 0 })).toBeUndefined();
    expect(await answer('random:n=201', {})).toBeUndefined();
  });

  it('of a general-sum game moves without a jump', () => {
    for (const id of ['gambit_coord3', 'shapley1974_fig3', 'vonstengel_6x6_75eq_small']) {
      const game = gameOf(reference.games.find((entry) => entry.id === id) as never);
      const { path } = quantalResponse(game, 0.01 * game.payoffSpan, uniformProfile(game), { points: 60 });
      path.slice(1).forEach((point, k) => {
        const moved = totalVariation(probabilities(point.profile), probabilities(path[k].profile));
        expect(moved, `${id} at ${point.temperature / game.payoffSpan} spans`).toBeLessThan(0.3);
        expect(point.gap).toBeLessThan(1e-14);
      });
    }
  });

  it('keeps every action of a game of 24, and of a larger one the 24 that peak highest', () => {
    const even = (count: number, low: number, high: number): number[] =>
      Array.from({ length: count }, (_, a) => (a < count / 2 ? low : high));
    expect(pathOf(even(24, 1 / 24, 1 / 24)).actions).toEqual([Array.from({ length: 24 }, (_, a) => a)]);
    const first = Array.from({ length: 30 }, (_, a) => (a === 3 ? 0.5 : (a + 1) / 1000));
    const second = Array.from({ length: 30 }, (_, a) => (a === 1 ? 0.4 : 1e-5));
    const { actions, profiles } = pathOf(first, second);
    expect(actions[0]).toEqual([1, 3, ...Array.from({ length: 22 }, (_, k) => 8 + k)]);
    expect(profiles[0][0].map((p) => Number(p.toFixed(4)))).toEqual(actions[0].map((a) => first[a]));
    expect(profiles[1][0][0]).toBeCloseTo(0.4, 12);
  });
});
