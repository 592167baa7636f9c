import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { quantalResponse } from '../../src/exact/quantal-response.ts';
import { normalisedLog } from '../../src/numerics/normalise.ts';
import { uniformProfile } from '../../src/solve/policies.ts';
import { withMatrix } from '../with-matrix.ts';

/** sup |log π − log BR_τ(π)| over all actions, relative above 1: the equation itself, in plain arrays. */
function residual(matrix: readonly (readonly number[])[], log: Float64Array, tau: number): number {
  const policy = Array.from(log, Math.exp);
  const payoffs = matrix.map((row) => row.reduce((sum, entry, j) => sum + entry * policy[j], 0));
  const response = normalisedLog(payoffs.map((u) => u / tau));
  return Math.max(...policy.map((_, a) => Math.abs(log[a] - response[a]) / Math.max(1, Math.abs(log[a]))));
}

describe('a constant in the payoffs', () => {
  it('changes no quantal response, however large', () => {
    const battle = (shift: number) =>
      bimatrixGame(
        [
          [3 + shift, shift],
          [shift, 2 + shift],
        ],
        [
          [2 + shift, shift],
          [shift, 3 + shift],
        ],
      );
    const found = (shift: number) => quantalResponse(battle(shift), 1e-9, uniformProfile(battle(0)));
    const [plain, shifted] = [found(0), found(2 ** 20)];
    expect(shifted.gap).toBeLessThan(1e-12);
    shifted.profile.forEach((row, role) => {
      row.forEach((log, a) => {
        expect(Math.abs(Math.exp(log) - Math.exp(plain.profile[role][a]))).toBeLessThan(1e-9);
      });
    });
  });
});

describe('the quantal response equilibrium', () => {
  it.each(['random:40', 'tournament:25', 'cyclic:9', 'blotto:6,3', 'transitive-cyclic:30,0.4'])(
    '%s: solves its equation to rounding at temperatures from 1 to 1e-6',
    (name) => {
      const game = withMatrix(catalogueGame(name));
      const { rows, columns, values } = game.matrices[0];
      const matrix = Array.from({ length: rows }, (_, i) =>
        Array.from(values.subarray(i * columns, (i + 1) * columns)),
      );
      for (const tau of [1, 0.1, 1e-2, 1e-3, 1e-4, 1e-6]) {
        const { profile, gap } = quantalResponse(game, tau, uniformProfile(game));
        // A payoff is a sum of `rows` products, and the equation divides it by τ.
        expect(residual(matrix, profile[0], tau)).toBeLessThanOrEqual(4 * rows * Number.EPSILON * (1 + 1 / tau));
        expect(gap).toBeLessThanOrEqual(1e-14);
      }
    },
  );

  it('follows the principal branch of a coordination game to the risk-dominant equilibrium', () => {
    const hunt = bimatrixGame(
      [
        [5, 0],
        [4, 4],
      ],
      [
        [5, 4],
        [0, 4],
      ],
    );
    const { profile } = quantalResponse(hunt, 0.02, uniformProfile(hunt));
    for (const policy of profile) expect(Math.exp(policy[1])).toBeGreaterThan(0.999);
  });

  it('temperature 0 is a named refusal', () => {
    const game = catalogueGame('rps');
    expect(() => quantalResponse(game, 0, uniformProfile(game))).toThrow(
      expect.objectContaining({ code: 'not-applicable' }),
    );
  });
});
