import { describe, expect, it } from 'vitest';
import { annotatorsGame } from '../../games/players/annotators.ts';
import { preferenceGame } from '../../games/preference.ts';
import { extragradient } from '../../solvers/extragradient.ts';
import { ipo } from '../../solvers/ipo.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { instance } from '../../src/solve/instance.ts';
import { solve } from '../../src/solve/solve.ts';

const tables = [
  [
    [0.5, 0.9, 0.4],
    [0.1, 0.5, 0.8],
    [0.6, 0.2, 0.5],
  ],
  [
    [0.5, 0.2, 0.3],
    [0.8, 0.5, 0.1],
    [0.7, 0.9, 0.5],
  ],
  [
    [0.5, 0.6, 0.7],
    [0.4, 0.5, 0.6],
    [0.3, 0.4, 0.5],
  ],
];
const reference = [0.2, 0.5, 0.3];
const game = annotatorsGame(
  tables.map((rows) => preferenceGame(rows)),
  [0.5, 0.3, 0.2],
);

/** P_g(x ≻ y). */
const wins = (g: number, x: readonly number[], y: readonly number[]): number =>
  x.reduce((sum, p, a) => sum + p * y.reduce((part, q, b) => part + q * tables[g][a][b], 0), 0);

const pure = (a: number): number[] => [0, 1, 2].map((b) => (a === b ? 1 : 0));

describe('what groups grant a policy', () => {
  it('is measured per group and run, for every iterate: against the reference, and against every opponent', async () => {
    const options = { temperature: 0.3, reference, seeds: [1, 2, 3] };
    const { runs } = await solve(cpuBackend(), instance(game, options), extragradient, { steps: 3, tolerance: 0 });
    expect(runs).toHaveLength(3);
    for (const run of runs)
      for (const { profile, metrics } of Object.values(run.iterates)) {
        const [policy] = profile;
        const rates = tables.map((_, g) => wins(g, policy, reference));
        const measured = metrics['group-win-rates'] as number[];
        rates.forEach((rate, g) => {
          expect(Math.abs(measured[g] - rate)).toBeLessThanOrEqual(1e-15);
        });
        expect(Math.abs((metrics['worst-group-win-rate'] as number) - Math.min(...rates))).toBeLessThanOrEqual(1e-15);
        const values = tables.flatMap((_, g) => [0, 1, 2].map((b) => wins(g, policy, pure(b))));
        expect(Math.abs((metrics['worst-group-value'] as number) - Math.min(...values))).toBeLessThanOrEqual(1e-15);
      }
    expect(new Set(runs.map(({ answer }) => answer.metrics['worst-group-win-rate'])).size).toBe(3);
  });

  it('is ½ of every group at the reference itself, and measured on answers at once, too', async () => {
    const start = await solve(cpuBackend(), instance(game, { temperature: 0.3, reference }), extragradient, {
      steps: 1,
      tolerance: 0,
    });
    const curve = start.runs[0].history.columns['last/worst-group-win-rate'];
    expect(Math.abs(curve[0] - 0.5)).toBeLessThanOrEqual(1e-15);
    const { runs } = await solve(cpuBackend(), instance(game, { temperature: 0.3, reference }), ipo);
    expect(runs[0].answer.metrics['group-win-rates']).toHaveLength(3);
  });

  it('does not apply to a game without groups', async () => {
    const plain = preferenceGame(tables[0]);
    const { runs } = await solve(cpuBackend(), instance(plain, { temperature: 0.3 }), ipo);
    expect(Object.keys(runs[0].answer.metrics).filter((name) => name.includes('group'))).toEqual([]);
  });
});
