import { describe, expect, it } from 'vitest';
import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { renderComparison } from '../../reports/comparison.ts';
import { orderByProbability } from '../../reports/model/answer.ts';
import { gameFacts } from '../../reports/model/game.ts';
import { floorOf } from '../../reports/model/gap.ts';
import { guaranteeCounts } from '../../reports/model/guarantee.ts';
import { payoffMatrices } from '../../reports/model/payoffs.ts';
import { standingOf } from '../../reports/model/standing.ts';
import { reportModel } from '../../reports/model.ts';
import { NashlabError } from '../../src/core/errors.ts';
import { loaded, storedRun } from './fixture.ts';
import { manyActions, rps } from './games.ts';
import { visibleText } from './page-text.ts';
import { altered, groupRuns, mirrorDescent, mirrorProx, rpsRuns, situations } from './situations.ts';

const all = situations();

function codeOf(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    if (error instanceof NashlabError) return error.code;
  }
  return 'none';
}

describe('report model', () => {
  it('refuses what holds no runs or lacks a game', () => {
    const { rps: experiment } = all;
    expect(codeOf(() => reportModel([]))).toBe('bad-run');
    expect(codeOf(() => reportModel([{ ...experiment, runs: [] }]))).toBe('bad-run');
    expect(codeOf(() => reportModel([{ ...experiment, games: {} }]))).toBe('bad-run');
  });

  it('orders actions by falling probability, ties by label', () => {
    expect(orderByProbability([0.2, 0.3, 0.2 + 1e-14, 0.3], ['d', 'c', 'b', 'a'])).toEqual([3, 1, 2, 0]);
  });

  it('orders rows and columns of a preference matrix alike, by the answer', () => {
    const [section] = reportModel([all['many-actions']]).games;
    const [matrix] = section.payoffs;
    expect(matrix.rows).toEqual(matrix.columns);
    const [{ actions, policies }] = section.policies[0].roles;
    expect(actions).toEqual(matrix.rows.slice(0, 40));
    const own = policies.find(({ series }) => series === section.answer?.series);
    expect(own?.probabilities).toEqual([...(own?.probabilities ?? [])].sort((a, b) => b - a));
    matrix.values.forEach((row, i) => {
      expect(row[i]).toBeCloseTo(0.5, 12);
    });
  });

  it('shows the head of a big game and sums the rest', () => {
    const [section] = reportModel([all['big-game']]).games;
    const [role] = section.policies[0].roles;
    expect([role.actions.length, role.hidden]).toEqual([40, 50]);
    expect(role.policies[0].probabilities.reduce((a, b) => a + b, role.policies[0].rest)).toBeCloseTo(1, 12);
    expect(section.payoffs[0].rows.length).toBe(60);
    expect(section.payoffs[0].allRows).toBe(90);
  });

  it('puts the floor of a logarithmic axis below the noise of the payoffs, whatever their scale', () => {
    const scaled = (factor: number) =>
      gameFacts('h', { ...rps, kind: 'zero-sum', labels: [['a'], ['b', 'c']], matrix: [[0, factor]] });
    expect(floorOf(scaled(1), 'duality-gap')).toBe(1e-17);
    expect(floorOf(scaled(1e9), 'duality-gap')).toBe(1e-8);
    expect(floorOf(scaled(1e-9), 'duality-gap')).toBe(1e-26);
    expect(floorOf(scaled(1e9), 'kl-to-equilibrium')).toBe(1e-17);
    expect(floorOf(scaled(0), 'duality-gap')).toBe(1e-17);
  });

  it('lets the floor follow a tolerance below it, so that runs are seen to pass the tolerance', () => {
    const floorAt = (tolerance: number) => {
      const runs = [storedRun({ game: rps, method: mirrorProx, tolerance, steps: 40 })];
      return reportModel([loaded('t', 'q', [rps], runs)]).games[0].convergence[0].floor;
    };
    expect([1e-9, 1e-16, 1e-20, 5e-20].map(floorAt)).toEqual([1e-17, 1e-17, 1e-21, 1e-21]);
  });

  it('draws no curves where every series is a single point', () => {
    const still = (name: string) =>
      altered(storedRun({ game: rps, method: mirrorProx, steps: 0 }), ({ cell }) => ({
        id: name,
        cell: { ...cell, solver: { name, params: {} } },
      }));
    const alone = loaded('t', 'q', [rps], [still('exact'), still('newton')]);
    expect(reportModel([alone]).games[0].convergence).toEqual([]);
    expect(visibleText(renderComparison([alone]))).toContain('so that there is no curve');
    const going = storedRun({ game: rps, method: mirrorProx, steps: 40 });
    const text = visibleText(renderComparison([loaded('t', 'q', [rps], [still('exact'), going])]));
    expect(text).toContain('Only the curve of mirror-prox. Without a curve, because it asks no oracle: exact');
  });

  it('weighs the gap against the distance from the reference where two series ran at several temperatures', () => {
    const run = (name: string, temperature: number, distance: number) =>
      altered(storedRun({ game: rps, method: { ...mirrorProx, temperature }, steps: 2 }), ({ cell, iterates }) => ({
        id: `${name} ${temperature}`,
        cell: { ...cell, solver: { name, params: {} } },
        iterates: {
          last: {
            profile: iterates.last!.profile,
            metrics: { 'duality-gap': temperature / 2, 'kl-to-reference': distance },
          },
        },
      }));
    const own = [run('a', 0.1, 2), run('a', 0.5, 1), run('b', 0.1, 3), run('b', 0.5, 0)];
    const weighed = (runs: readonly StoredRun[]) => reportModel([loaded('t', 'q', [rps], runs)]).games[0].gapByDistance;
    const marks = weighed([...own, run('exact', 0, 1)])?.lines.map(({ series, marks: all }) => [
      series.label,
      ...all.map(({ temperature, distance, gap }) => [temperature, distance, gap]),
    ]);
    expect(marks).toEqual([
      ['a', [0.5, 1, 0.25], [0.1, 2, 0.05]],
      ['b', [0.5, 0, 0.25], [0.1, 3, 0.05]],
      ['exact', [0, 1, 0]],
    ]);
    expect(weighed(own.slice(0, 3))).toBeUndefined();
    expect(weighed(rpsRuns())).toBeUndefined();
  });

  it('reads rational payoffs', () => {
    expect(
      gameFacts('h', {
        ...rps,
        matrix: [
          ['1/2', '1/3'],
          ['2/3', 0.5],
        ],
      }).payoffs[0][0][1],
    ).toBe(1 / 3);
  });

  it('shows a game without a stored matrix by its answer alone', () => {
    const { matrix: _none, ...head } = rps;
    const numbered = { ...head, kind: 'bradley-terry', labels: [], actions: 3, scores: [1, 0, 2] } as const;
    const facts = gameFacts('h', numbered);
    expect(facts).toMatchObject({ kind: 'preference', labels: [['1', '2', '3']], payoffs: [], lowest: 0, highest: 1 });
    expect(gameFacts('h', { ...numbered, labels: ['x', 'y', 'z'] }).labels).toEqual([['x', 'y', 'z']]);
    expect(payoffMatrices(facts, [[0, 1, 2]])).toEqual([]);
    expect(standingOf(facts)).toBeUndefined();
  });

  it('draws one gap that all share, and the regularised one, when every solver has its own temperature', () => {
    const [section] = reportModel([all.rps]).games;
    expect(section.convergence.map(({ metric, temperatures }) => [metric, temperatures])).toEqual([
      ['duality-gap', [0, 0.1]],
      ['regularized-gap', [0.1]],
    ]);
  });

  it('draws one figure per temperature when a solver ran at several', () => {
    const warm = { ...mirrorProx, temperature: 0.5, step: () => 1 };
    const runs = [mirrorProx, warm].map((method) => storedRun({ game: rps, method }));
    const [section] = reportModel([loaded('t', 'q', [rps], runs)]).games;
    expect(section.convergence.map(({ temperatures }) => temperatures)).toEqual([[0.1], [0.5]]);
  });

  it('names a series by its solver, and by the settings that tell it from another', () => {
    const labels = (experiment: LoadedExperiment) => reportModel([experiment]).series.map(({ label }) => label);
    expect(labels(all.rps)).toEqual(['hedge', 'mirror-prox', 'mirror-descent', 'nash-md']);
    const runs = [0.1, 0.2].map((stepSize) => storedRun({ game: rps, method: mirrorDescent, params: { stepSize } }));
    expect(labels(loaded('s', 'q', [rps], runs))).toEqual([
      'mirror-descent, step size 0.1',
      'mirror-descent, step size 0.2',
    ]);
    const other = manyActions(4);
    const apart = [rps, other].map((game, i) =>
      storedRun({ game, method: mirrorDescent, params: { stepSize: 0.1 + i } }),
    );
    expect(labels(loaded('s', 'q', [rps, other], apart))).toEqual(['mirror-descent']);
  });

  it('keeps one series over the games of a family, whose defaults follow from each game', () => {
    const { games, runs } = groupRuns();
    const own = runs.map((run, i) =>
      altered(run, ({ cell }) => ({
        cell: { ...cell, solver: { ...cell.solver, params: { stepSize: 2.0123 + i } }, tolerance: 1e-9 / (1 + i) },
      })),
    );
    const { series, games: sections } = reportModel([loaded('f', 'q', games, own)]);
    expect(series.map(({ label }) => label)).toEqual(['mirror-prox', 'mirror-descent']);
    expect(sections[0].rows.map((row) => row.runs)).toEqual([3, 3]);
  });

  it('compares oracle calls on a family whose tolerance follows from each game', () => {
    const { games, runs } = groupRuns();
    const own = runs.map((run) =>
      altered(run, ({ cell }) => ({ cell: { ...cell, tolerance: 1e-9 / (1 + Number(cell.seed)) } })),
    );
    expect(reportModel([loaded('f', 'q', games, own)]).fastest).toMatchObject([{ winners: ['mirror-prox'] }]);
  });

  it('tells series apart by tolerance and steps only where they were chosen', () => {
    const labels = (runs: readonly StoredRun[]) =>
      reportModel([loaded('s', 'q', [rps], runs)]).series.map(({ label }) => label);
    const run = (params: Record<string, number>, steps: number, tolerance?: number) =>
      storedRun({ game: rps, method: mirrorProx, params, steps, ...(tolerance === undefined ? {} : { tolerance }) });
    expect(labels([run({}, 10), run({}, 20)])).toEqual(['mirror-prox, steps 10', 'mirror-prox, steps 20']);
    expect(labels([run({ stepSize: 1 }, 10), run({ stepSize: 2 }, 20)])).toEqual([
      'mirror-prox, step size 1',
      'mirror-prox, step size 2',
    ]);
    expect(labels([run({}, 10, 1e-6), run({}, 10)])).toEqual([
      'mirror-prox, tolerance 0.000001',
      'mirror-prox, tolerance default',
    ]);
  });

  it('says once which solver has no curve because it asked no oracle', () => {
    const direct = [0, 0.1].map((temperature) =>
      altered(storedRun({ game: rps, method: { ...mirrorProx, temperature }, steps: 1 }), ({ cell }) => ({
        id: `direct ${temperature}`,
        cell: { ...cell, solver: { name: 'exact', params: {} } },
        result: { code: 'converged', steps: 0, oracleCalls: 0 },
      })),
    );
    const [{ convergence }] = reportModel([loaded('d', 'q', [rps], [...direct, ...rpsRuns()])]).games;
    expect(convergence[0].direct).toEqual(['exact']);
  });

  it('counts a status once, whatever reason each run has for it', () => {
    const why = (reason: string) => ({ ...all.violated.runs[0].guarantee!, status: 'outside' as const, reason });
    const runs = all.rps.runs.slice(0, 3).map((run, i) => altered(run, () => ({ guarantee: why(`reason ${i}`) })));
    expect(guaranteeCounts(runs)).toEqual([{ status: 'outside', reason: 'for example, reason 0', count: 3 }]);
    expect(guaranteeCounts(runs.slice(0, 1))).toEqual([{ status: 'outside', reason: 'reason 0', count: 1 }]);
  });

  it('measures what the regularised answers leave in the game itself', () => {
    const unfinished = storedRun({ game: rps, method: mirrorDescent, steps: 1, seed: '9' });
    const left = reportModel([{ ...all.rps, runs: [...all.rps.runs, unfinished] }]).leftovers;
    expect(left.map(({ temperature, metric }) => [temperature, metric])).toEqual([[0.1, 'duality-gap']]);
    const gaps = all.rps.runs
      .filter(({ cell, result }) => cell.temperature > 0 && result.code === 'converged')
      .map(({ iterates }) => iterates.last?.metrics['duality-gap']);
    expect(left[0].spread).toMatchObject({
      low: Math.min(...(gaps as number[])),
      high: Math.max(...(gaps as number[])),
    });
  });

  it('counts a run that two experiments share once', () => {
    expect(reportModel([all.rps, all.rps]).runs.length).toBe(all.rps.runs.length);
  });

  it('makes one section of a family whose members the seeds draw, and shows one member', () => {
    const { games, series } = reportModel([all.group]);
    expect(games.map(({ name, members }) => [name, members])).toEqual([['random:5', 3]]);
    expect(series.length).toBe(2);
    const [{ convergence, policies, game }] = games;
    expect(convergence[0].curves[0].runs).toBe(3);
    expect(policies[0].roles[0].actions.length).toBe(game.labels[0].length);
  });

  it('shows the policies of one member of a family even where another has the smaller gap', () => {
    const seedOf = (experiment: LoadedExperiment) => reportModel([experiment]).games[0].answer?.run.cell.seed;
    const tempting = all.group.runs.map((run) =>
      run.cell.seed === seedOf(all.group)
        ? run
        : altered(run, ({ iterates }) => ({
            iterates: {
              last: { profile: iterates.last!.profile, metrics: { ...iterates.last!.metrics, 'regularized-gap': 0 } },
            },
          })),
    );
    const [{ policies }] = reportModel([{ ...all.group, runs: tempting }]).games;
    for (const { seed } of policies[0].roles[0].policies) expect(seed).toBe(seedOf(all.group));
  });

  it('compares oracle calls only among solvers that always converged to one tolerance', () => {
    expect(reportModel([all.rps]).fastest).toMatchObject([
      { winners: ['mirror-prox'], next: { label: 'mirror-descent' } },
    ]);
    const slow = storedRun({ game: rps, method: mirrorDescent, steps: 10 });
    const quick = storedRun({ game: rps, method: mirrorProx });
    expect(reportModel([loaded('f', 'q', [rps], [quick, slow])]).fastest).toEqual([]);
    const direct = altered(quick, (run) => ({
      id: 'direct',
      cell: { ...run.cell, solver: { name: 'exact', params: {} } },
      result: { code: 'converged', steps: 0, oracleCalls: 0 },
    }));
    expect(reportModel([loaded('f', 'q', [rps], [quick, direct])]).fastest).toEqual([]);
  });

  it('keeps a path per role for games of three actions, and none for others', () => {
    expect(reportModel([all.rps]).games[0].paths.length).toBe(4);
    expect(reportModel([all['zero-sum']]).games[0].paths).toEqual([]);
    expect(new Set(reportModel([all.rps]).games[0].paths.map(({ seed }) => seed)).size).toBe(1);
    const { last } = reportModel([all.rps]).games[0].paths[0];
    for (const { x, y } of last) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(Math.sqrt(3) / 2);
    }
  });

  it('gives every curve of a violated guarantee its status', () => {
    const [section] = reportModel([all.violated]).games;
    expect(section.guarantees[0].counts).toEqual([{ status: 'violated', count: 1 }]);
    expect(rpsRuns().length).toBe(12);
  });
});
