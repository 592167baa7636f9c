import { describe, expect, it } from 'vitest';
import type { StoredGame, StoredRun } from '../../experiments/stored.ts';
import { compileChart } from '../../reports/charts/compile.ts';
import { equilibriumPathChart, spread } from '../../reports/charts/equilibrium-path.ts';
import { renderComparison } from '../../reports/comparison.ts';
import type { PathOfEquilibria } from '../../reports/model/equilibrium-path.ts';
import { reportModel } from '../../reports/model.ts';
import { loaded, storedRun } from './fixture.ts';
import { manyActions, penalty, rps } from './games.ts';
import { altered, mirrorProx } from './situations.ts';

type Policies = readonly (readonly number[])[];

/** A run that followed a path over all actions of its game. */
function followed(game: StoredGame, temperature: readonly number[], profiles: readonly Policies[]): StoredRun {
  const last = temperature[temperature.length - 1];
  const run = storedRun({ game, method: { ...mirrorProx, name: 'newton', temperature: last }, steps: 2 });
  const actions = profiles[0].map((policy) => policy.map((_, action) => action));
  const gap = temperature.map((tau) => 1e-30 * tau);
  return altered(run, () => ({ equilibriumPath: { temperature, gap, actions, profiles } }));
}

function equilibria(game: StoredGame, ...runs: readonly StoredRun[]): readonly PathOfEquilibria[] {
  return reportModel([loaded('paths', 'q', [game], runs)]).games[0].equilibria;
}

const warm = followed(rps, [4, 0.5], [[[0.3, 0.3, 0.4]], [[0.25, 0.3, 0.45]]]);
const cold = followed(rps, [4, 0.5, 0.01], [[[0.3, 0.3, 0.4]], [[0.25, 0.3, 0.45]], [[0.1, 0.2, 0.7]]]);

/** Policies over twelve actions, the first of which takes from the others. */
function grown(first: number): number[] {
  return [first, ...Array.from({ length: 11 }, (_, k) => ((1 - first) * (k + 1)) / 66)];
}
const game = manyActions(12);
const wide = followed(game, [4, 0.1], [[grown(0.1)], [grown(0.6)]]);

describe('the path of equilibria in a report', () => {
  it('is that of the run that went furthest down, one per reference', () => {
    const [path, ...more] = equilibria(rps, warm, cold);
    expect(more).toEqual([]);
    expect(path).toMatchObject({ temperatures: [4, 0.5, 0.01], gap: 4e-30 });
    const other = altered(cold, ({ cell }) => ({
      id: `0${cold.id.slice(1)}`,
      cell: { ...cell, reference: [[0.2, 0.3, 0.5]] },
    }));
    expect(equilibria(rps, cold, other)).toHaveLength(2);
  });

  it('is none of a run that followed none, nor of one point', () => {
    expect(equilibria(rps, storedRun({ game: rps, method: mirrorProx, steps: 2 }))).toEqual([]);
    expect(equilibria(rps, followed(rps, [8], [[[0.3, 0.3, 0.4]]]))).toEqual([]);
  });

  it('orders the lines by their end, and gives a triangle to three actions', () => {
    const [{ roles }] = equilibria(rps, cold);
    expect(roles[0].lines.map(({ values }) => values)).toEqual([
      [0.4, 0.45, 0.7],
      [0.3, 0.3, 0.2],
      [0.3, 0.25, 0.1],
    ]);
    expect(roles[0].rest).toBeUndefined();
    expect(roles[0].simplex?.last.map(({ probabilities }) => probabilities)).toEqual([
      [0.3, 0.3, 0.4],
      [0.25, 0.3, 0.45],
      [0.1, 0.2, 0.7],
    ]);
  });

  it('draws the eight actions that peak highest and sums the others', () => {
    const [{ roles }] = equilibria(game, wide);
    const [{ lines, rest, simplex }] = roles;
    expect(lines).toHaveLength(8);
    expect(lines[0].values).toEqual([0.1, 0.6]);
    expect(simplex).toBeUndefined();
    expect(rest).toMatchObject({ name: '4 others', count: 4, drawn: true });
    expect(rest?.values[0]).toBeCloseTo((0.9 * (1 + 2 + 3 + 4)) / 66, 12);
    expect(rest?.values[1]).toBeCloseTo((0.4 * (1 + 2 + 3 + 4)) / 66, 12);
  });

  it('leaves out the line of the others where it would press the rest flat', () => {
    const large = manyActions(60);
    const even = new Array<number>(60).fill(1 / 60);
    const [{ roles }] = equilibria(large, followed(large, [4, 0.1], [[even], [even]]));
    expect(roles[0].rest).toMatchObject({ count: 52, drawn: false });
  });

  it('has one panel per role of a zero-sum game', () => {
    const policies = penalty.labels.map((labels) => new Array<number>(labels.length).fill(1 / labels.length));
    expect(equilibria(penalty, followed(penalty, [4, 0.1], [policies, policies]))[0].roles).toHaveLength(2);
  });

  it.each([
    ['three actions', () => equilibria(rps, cold)[0]],
    ['a sum of others', () => equilibria(game, wide)[0]],
  ])('compiles without a warning: %s', (_, of) => {
    const { roles, temperatures } = of();
    expect(compileChart(equilibriumPathChart(roles[0], temperatures, 'test'), 'none').warnings).toEqual([]);
  });

  it('stands in the report with its numbers, and only where there is one', () => {
    const page = renderComparison([loaded('paths', 'q', [rps], [cold])]);
    expect(page).toContain('<h3>Path of equilibria</h3>');
    expect(page).toContain('at 3 temperatures from 4 down to 0.01');
    expect(page).toMatch(/<th scope="row">0\.01<\/th><td[^>]*>0\.7<\/td>/);
    const without = storedRun({ game: rps, method: mirrorProx, steps: 2 });
    expect(renderComparison([loaded('paths', 'q', [rps], [without])])).not.toContain('Path of equilibria');
  });
});

describe('names at the ends of lines', () => {
  it('stand apart, inside the chart, in the order of the lines', () => {
    const wanted = [0, 299, 300, 150, 151, 300, 152];
    const places = spread(wanted, 300);
    const sorted = [...places].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++) expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(15);
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...places)).toBeLessThanOrEqual(300);
    expect(places[3]).toBeLessThan(places[4]);
    expect(places[2]).toBeLessThan(places[5]);
    expect(places[0]).toBe(0);
  });
});
