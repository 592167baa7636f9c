import { describe, expect, it } from 'vitest';
import { exact } from '../../solvers/exact.ts';
import { rationalCertificate } from '../../src/exact/certificate.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';
import { double, gameOf, reference, rows, totalVariation } from '../reference.ts';

const twoPlayer = reference.games.filter(({ players }) => players === 2);
const constantSum = twoPlayer.filter((entry) => gameOf(entry).sum === 'constant');

describe('games with known equilibria', () => {
  it('the constant-sum ones are exactly those the file calls zero-sum, constant-sum or preference', () => {
    const named = twoPlayer.filter(({ kind }) => ['zero_sum', 'constant_sum', 'preference'].includes(kind));
    expect(constantSum.map(({ id }) => id)).toEqual(named.map(({ id }) => id));
    expect(constantSum.length).toBeGreaterThanOrEqual(26);
  });

  it.each(constantSum.map((entry) => [entry.id, entry] as const))(
    '%s is solved by exact to nash-conv ≤ 1e-9 × payoff span, and to its published policy where that is unique',
    async (_, entry) => {
      const game = gameOf(entry);
      const { runs } = await solve(cpuBackend(), instance(game), exact);
      expect(runs[0].answer.metrics['nash-conv']).toBeLessThanOrEqual(1e-9 * game.payoffSpan);
      if (entry.unique !== true) return;
      const known = rows(entry.equilibria[0].profile);
      const expected = game.actions.length === 1 ? [known[0]] : known;
      expect(totalVariation(runs[0].answer.profile, expected)).toBeLessThanOrEqual(1e-9);
    },
  );

  it.each(
    twoPlayer.flatMap((entry) =>
      entry.equilibria.filter((one) => one.exact).map((one, k) => [`${entry.id} #${k + 1}`, entry, one] as const),
    ),
  )('%s has a published equilibrium of small exact regret once rounded to doubles', (_, entry, equilibrium) => {
    const game = gameOf({ ...entry, preference_matrix: undefined });
    const certificate = rationalCertificate(game, rows(equilibrium.profile));
    expect(certificate.nashConvValue).toBeGreaterThanOrEqual(0);
    expect(certificate.nashConvValue).toBeLessThanOrEqual(1e-14 * game.payoffSpan);
  });

  it('a wrong policy does not pass for an equilibrium', () => {
    const entry = reference.games.find(({ id }) => id === 'oneill_1987');
    const game = gameOf(entry as never);
    const certificate = rationalCertificate(game, [
      [0.25, 0.25, 0.25, 0.25],
      [0.25, 0.25, 0.25, 0.25],
    ]);
    expect(certificate.nashConvValue).toBeGreaterThan(0.1);
    expect(double('1/4')).toBe(0.25);
  });
});
