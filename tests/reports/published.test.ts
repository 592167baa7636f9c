import { describe, expect, it } from 'vitest';
import type { PublishedFigure } from '../../experiments/published.ts';
import { reportNames } from '../../experiments/spec.ts';
import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { reports } from '../../reports/catalogue.ts';
import { publishedRows } from '../../reports/model/published.ts';
import { loaded } from './fixture.ts';
import { rps } from './games.ts';
import { visibleText } from './page-text.ts';
import { altered } from './situations.ts';
import { type TrialOptions, trialRun } from './trials.ts';

type Asked = Partial<PublishedFigure['ours']>;

function figureOf(ours: Asked = {}, value: PublishedFigure['value'] = 0.5): PublishedFigure {
  return {
    what: 'KL of somebody’s solver',
    value,
    unit: 'nats',
    source: 'Somebody 2024, Table 3',
    differs: 'their games are larger',
    ours: { metric: 'kl-to-equilibrium', at: 'end', statistic: 'median', ...ours },
  };
}

/** A run whose metric ends with a value and was (100 − step)/100 before. */
function endingWith(value: number, options: TrialOptions = {}): StoredRun {
  const run = trialRun({ steps: 100, measured: (step) => (100 - step) / 100, ...options });
  const profile = run.iterates.last!.profile;
  return altered(run, () => ({
    iterates: {
      last: { profile, metrics: { 'kl-to-equilibrium': value } },
      best: { profile, metrics: { 'kl-to-equilibrium': value / 10 } },
    },
  }));
}

const runs = [
  endingWith(1, { seed: '0' }),
  endingWith(3, { seed: '1' }),
  endingWith(2, { seed: '2' }),
  endingWith(7, { seed: '0', solver: 'other' }),
  endingWith(9, { seed: '0', temperature: 0.5 }),
];

function ours(asked: Asked, from: readonly StoredRun[] = runs) {
  const [row] = publishedRows([figureOf(asked)], from);
  return row.ours?.value;
}

describe('our number beside a published one', () => {
  it('is of the runs of a solver at a temperature', () => {
    expect(ours({ solver: 'magnet', temperature: 0.1 })).toBe(2);
    expect(ours({ solver: 'other' })).toBe(7);
    expect(ours({ temperature: 0.5 })).toBe(9);
    expect(ours({})).toBe(3);
  });

  it('is the median, the largest or the smallest', () => {
    const of = { solver: 'magnet', temperature: 0.1 };
    expect(ours({ ...of, statistic: 'max' })).toBe(3);
    expect(ours({ ...of, statistic: 'min' })).toBe(1);
  });

  it('is on the game of that name, or of that group of games that seeds draw', () => {
    const [first] = runs;
    const drawn = altered(endingWith(5), ({ cell }) => ({
      cell: { ...cell, game: { name: 'random:n=5,seed=3', hash: cell.game.hash, group: 'random:5' } },
    }));
    expect(ours({ game: 'rps' }, [first, drawn])).toBe(1);
    expect(ours({ game: 'random:5' }, [first, drawn])).toBe(5);
    expect(ours({ game: 'random:n=5,seed=3' }, [first, drawn])).toBe(5);
    expect(ours({ game: 'random' }, [first, drawn])).toBeUndefined();
  });

  it('is of the certified iterate, or of the one asked for', () => {
    const [run] = runs;
    expect(ours({}, [run])).toBe(1);
    expect(ours({ iterate: 'best' }, [run])).toBe(0.1);
    expect(ours({ iterate: 'average' }, [run])).toBeUndefined();
    const best = altered(run, ({ cell }) => ({ cell: { ...cell, iterate: 'best' } }));
    expect(ours({}, [best])).toBe(0.1);
  });

  it('is the probability of an action by its label, of the certified iterate or the one asked for', () => {
    const games = loaded('one', 'q', [rps], runs).games;
    const [run] = runs;
    const policy = run.iterates.last?.profile[0] as readonly number[];
    const labels = rps.labels as readonly string[];
    const of = (probability: string, more: Asked = {}) =>
      publishedRows([figureOf({ metric: undefined, probability, ...more })], [run], games)[0].ours?.value;
    labels.forEach((label, action) => {
      expect(of(label)).toBe(policy[action]);
    });
    expect(new Set(policy).size).toBeGreaterThan(1);
    expect(of('well')).toBeUndefined();
    expect(of(labels[0], { iterate: 'average' })).toBeUndefined();
  });

  it('at a step is of the last record up to there, and of a run that stopped before, its last one', () => {
    const at = (step: number, from = runs.slice(0, 1)) => publishedRows([figureOf({ at: { step } })], from)[0].ours;
    expect(at(10)).toMatchObject({ value: 0.9, steps: [10, 10] });
    expect(at(99)?.steps[0]).toBeLessThan(99);
    expect(at(99)?.value).toBeCloseTo((100 - (at(99)?.steps[0] ?? 0)) / 100, 12);
    expect(at(0)?.value).toBe(1);
    const stopped = endingWith(1, { ended: 20 });
    expect(at(50, [stopped])).toMatchObject({ steps: [20, 20], value: 0.8 });
    const broken = altered(stopped, ({ result }) => ({ result: { ...result, code: 'non-finite' } }));
    expect(at(50, [broken])?.value).toBeNaN();
    expect(at(20, [broken])?.value).toBe(0.8);
  });
});

describe.each(reportNames)('the table of published figures in the report %s', (template) => {
  const experiment = (published?: readonly PublishedFigure[]): LoadedExperiment => {
    const whole = loaded('one', 'q', [rps], runs);
    return published === undefined ? whole : { ...whole, experiment: { ...whole.experiment, published } };
  };
  const textOf = async (...figures: readonly PublishedFigure[]) =>
    visibleText(await reports[template].render([experiment(figures)])).replace(/\s+/g, ' ');

  it('is absent from an experiment that names none, as old stores do', async () => {
    expect(await reports[template].render([experiment()])).not.toContain('Published figures');
    expect(await reports[template].render([experiment([])])).not.toContain('Published figures');
  });

  it('shows what, both numbers, their ratio, what differs and the source', async () => {
    const text = await textOf(figureOf({ solver: 'magnet', temperature: 0.1 }));
    for (const words of [
      'Published figures beside ours',
      'KL of somebody’s solver',
      '0.5 nats',
      'median over 3 runs: KL to equilibrium of the certified iterate (magnet, τ = 0.1), at the end (step 100)',
      '2 median over',
      ' 4 ',
      'their games are larger',
      'Somebody 2024, Table 3',
    ])
      expect(text).toContain(words);
  });

  it('says that there is no such run, or nothing recorded', async () => {
    expect(await textOf(figureOf({ solver: 'nobody' }))).toContain('no such run');
    expect(await textOf(figureOf({ metric: 'nash-conv' }))).toContain('not recorded');
    expect(await textOf(figureOf())).not.toMatch(/no such run|not recorded/);
  });

  it('holds ours against a range', async () => {
    const of = { solver: 'magnet', temperature: 0.1 };
    expect(await textOf(figureOf(of, [1, 3]))).toContain('within the range');
    expect(await textOf(figureOf(of, [4, 8]))).toContain('0.5 of its lower end');
    expect(await textOf(figureOf(of, [0, 1]))).toContain('2 of its upper end');
    expect(await textOf(figureOf(of, [0, 1]))).toContain('0 to 1 nats');
  });

  it('has no ratio to 0', async () => {
    expect(await textOf(figureOf({}, 0))).toContain('none: the published number is 0');
  });

  it('says which record stands for a step that was not recorded', async () => {
    const text = await textOf(figureOf({ at: { step: 99 }, solver: 'other' }));
    expect(text).toMatch(/at step 9\d, the last record up to step 99/);
    expect(await textOf(figureOf({ at: { step: 10 }, solver: 'other' }))).toContain('at step 10 ');
  });

  it('defines its metrics', async () => {
    const text = await textOf(figureOf({ metric: 'max-regret-fraction' }));
    expect(text).toContain('max regret fraction max-regret as a fraction');
  });
});
