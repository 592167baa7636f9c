import { describe, expect, it } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { rowsOf } from '../../games/rows.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

describe('win-rate(policy, reference)', () => {
  it('is Σ π_a·P[a][b]·ρ_b, in every run', async () => {
    const game = catalogueGame('random:n=7,seed=3');
    const reference = [0.3, 0.05, 0.15, 0.1, 0.2, 0.12, 0.08];
    const options = { temperature: 0.2, reference, seeds: [1, 2, 3] };
    const { runs } = await solve(cpuBackend(), instance(game, options), extragradient, { steps: 2, tolerance: 0 });
    const rows = rowsOf(game.matrices[0]);
    const rates = runs.map(({ answer }) => answer.metrics['win-rate(policy, reference)']);
    runs.forEach(({ answer }, run) => {
      const [policy] = answer.profile;
      const expected = rows.reduce(
        (sum, row, a) => sum + policy[a] * row.reduce((part, entry, b) => part + entry * reference[b], 0),
        0,
      );
      expect(Math.abs((rates[run] as number) - expected)).toBeLessThan(1e-15);
      expect(Math.abs(expected - 0.5)).toBeGreaterThan(1e-3);
    });
    expect(new Set(rates).size).toBe(3);
  });
});
