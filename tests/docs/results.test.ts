import { describe, expect, it } from 'vitest';
import { runsOfMethod } from '../../docs/results/multiplayer-methods.ts';
import { gapPerPlayer, offPooledEquilibrium, widestDistance } from '../../docs/results/multiplayer-policies.ts';
import { resultsPage, sectionText } from '../../docs/results/page.ts';
import { convergedCount, finals, runsOf } from '../../docs/results/runs.ts';
import { type Finding, type ResultSection, writtenFindings } from '../../docs/results/section.ts';
import { sections } from '../../docs/results/sections.ts';
import { readyExperiments } from '../../experiments/read-spec.ts';
import type { StoredGame } from '../../experiments/stored.ts';
import { contentHash } from '../../src/core/canonical.ts';
import { loaded, storedRun } from '../reports/fixture.ts';
import { rps } from '../reports/games.ts';
import { extragradient, hedge } from '../reports/situations.ts';

const tiny = loaded(
  'tiny',
  'Which one arrives?',
  [rps],
  [
    storedRun({ game: rps, method: extragradient, seed: '0', steps: 400 }),
    storedRun({ game: rps, method: extragradient, seed: '1', steps: 400 }),
    storedRun({ game: rps, method: hedge, iterate: 'last', steps: 400 }),
  ],
);

function section(findings: readonly Finding[]): ResultSection {
  return {
    experiment: 'tiny',
    title: 'A tiny one',
    findings,
    answer: (store) => {
      const arrived = runsOf(store, { solver: 'extragradient' });
      return {
        tables: [
          { caption: 'Gaps:', head: ['seed', 'gap'], rows: arrived.map((run) => [run.cell.seed, run.result.steps]) },
        ],
        values: { arrived: convergedCount(arrived), runs: arrived.length },
      };
    },
  };
}

const holds = (): boolean => true;
const both: Finding = { says: '{arrived} of {runs} arrive.', holds: (v) => v.arrived === v.runs };

describe('sentences with numbers', () => {
  const write = (...findings: Finding[]) => writtenFindings(section(findings), { arrived: 2, runs: 1234 });

  it('are filled in', () => expect(write({ ...both, holds })).toBe('2 of 1,234 arrive.'));

  it('that no longer hold are refused', () =>
    expect(() => write(both)).toThrow('no longer holds: "2 of 1,234 arrive."'));

  it('that name an unknown value are refused', () =>
    expect(() => write({ says: '{left} of {runs}', holds })).toThrow('names {left}'));

  it('that rest on an unknown value are refused', () =>
    expect(() => write({ ...both, holds: (v) => v.left > 1 })).toThrow('rests on left'));

  it('that hold a typed number are refused, outside backticks', () => {
    expect(() => write({ says: '{arrived} of {runs}, or 7', holds })).toThrow('typed number: "');
    expect(write({ says: '{arrived} of {runs}, `online-ipo-2`', holds })).toMatch('`online-ipo-2`');
  });

  it('leave no value unused, and none that is not a number', () => {
    expect(() => write({ says: '{arrived}', holds })).toThrow('{runs} is used nowhere');
    expect(write({ says: '{arrived}', holds: (v) => v.runs > 0 })).toBe('2');
    expect(() => writtenFindings(section([{ says: '{bad}', holds }]), { bad: Number.NaN })).toThrow('not a number');
  });
});

describe('the runs of a section', () => {
  it('are never none', () =>
    expect(() => runsOf(tiny, { solver: 'nash-md' })).toThrow('tiny: no run of {"solver":"nash-md"}'));

  it('are told apart by game, temperature and parameters', () => {
    expect(runsOf(tiny, { temperature: 0 })).toHaveLength(1);
    expect(runsOf(tiny, { game: rps.name })).toHaveLength(3);
    expect(() => runsOf(tiny, { params: { stepSize: 1 } })).toThrow('no run');
  });

  it('have the metrics asked for', () => {
    expect(finals(tiny.runs, 'duality-gap')).toHaveLength(3);
    expect(() => finals(tiny.runs, 'regularized-gap')).toThrow('did not measure regularized-gap');
  });
});

describe('the policies of several players', () => {
  const likesFirst = [
    [0.5, 0.9],
    [0.1, 0.5],
  ];
  const likesSecond = [
    [0.5, 0.1],
    [0.9, 0.5],
  ];
  const judgedBy = (matrices: number[][][]): StoredGame => ({
    schema: 'nashlab-game/1',
    name: 'two judges',
    kind: 'heterogeneous',
    players: 2,
    labels: ['a', 'b'],
    matrices,
  });
  const opposed = judgedBy([likesFirst, likesSecond]);
  const agreed = judgedBy([likesFirst, likesFirst]);
  function played(game: StoredGame, ...first: readonly number[]) {
    const { cell, ...rest } = tiny.runs[0];
    const profile = first.map((p) => [p, 1 - p]);
    return {
      ...rest,
      cell: { ...cell, game: { name: game.name, hash: contentHash(game) }, temperature: 0.4 },
      iterates: { last: { profile, metrics: { 'regularized-gap': 0.6 } } },
    };
  }
  const off = (game: StoredGame, ...first: readonly number[]): number => {
    const run = played(game, ...first);
    return offPooledEquilibrium(loaded('tiny', '?', [game], [run]), run);
  };

  it('are measured against the equilibrium of the judges pooled', () => {
    expect(off(opposed, 0.8, 0.2)).toBeCloseTo(0, 12);
    expect(off(opposed, 0.8, 0.8)).toBeCloseTo(0.3, 12);
    // u_a − u_b = 0.4 whatever the opponent does, and τ = 0.4: the best response is σ(1).
    const answer = 1 / (1 + Math.exp(-1));
    expect(off(agreed, answer, answer)).toBeCloseTo(0, 12);
    expect(off(agreed, 0.5, 0.5)).toBeCloseTo(answer - 0.5, 12);
  });

  it('are as far apart as the two that differ most, over players and runs', () => {
    expect(widestDistance([played(opposed, 0.8, 0.7), played(opposed, 0.4, 0.5)])).toBeCloseTo(0.4, 12);
    expect(gapPerPlayer([played(opposed, 0.8, 0.7)])).toBeCloseTo(0.3, 12);
  });

  it('are of one method only: its step and whom it met', () => {
    const met = (population?: string, step?: number) => {
      const { cell, ...rest } = played(opposed, 0.5, 0.5);
      const params: Record<string, number> = step === undefined ? {} : { stepSize: step };
      return { ...rest, cell: { ...cell, given: { params, ...(population === undefined ? {} : { population }) } } };
    };
    const runs = [met(), met('others'), met(undefined, 0.05)];
    const store = loaded('tiny', '?', [opposed], runs);
    const { solver } = runs[0].cell;
    const found = (method: object) => runsOfMethod(store, { solver: solver.name, ...method }, opposed.name);
    expect(found({})).toEqual([runs[0]]);
    expect(found({ population: 'others' })).toEqual([runs[1]]);
    expect(found({ stepSize: 0.05 })).toEqual([runs[2]]);
    expect(() => found({ population: 'league' })).toThrow('with population league');
  });
});

describe('the page', () => {
  const own = section([both]);
  const answered = { section: own, loaded: tiny, answer: own.answer(tiny) };

  it('has question, finding, table and command of each experiment', () => {
    const text = sectionText(answered);
    expect(text).toContain('## A tiny one\n\n_Which one arrives?_\n\n2 of 2 arrive.');
    expect(text).toMatch(/Gaps:\n\n\| seed \| +gap \|\n\| -+ \| -+: \|\n\| 0 +\| +\d+ \|\n\| 1 /);
    expect(text).toMatch(/3 runs: `nashlab run tiny`\.$/);
  });

  it('follows the runs: another store has other numbers, or none that hold', () => {
    const cut = loaded(
      'tiny',
      'Which one arrives?',
      [rps],
      [storedRun({ game: rps, method: extragradient, steps: 3 })],
    );
    expect(() => sectionText({ section: own, loaded: cut, answer: own.answer(cut) })).toThrow('0 of 1 arrive');
  });

  it('has the published figures beside ours, unless its own tables hold them', () => {
    const ours = { metric: 'duality-gap', at: 'end', statistic: 'max', solver: 'extragradient' } as const;
    const figure = { what: 'the gap of the paper', value: 0.5, source: 'Somebody 2024', differs: 'all of it', ours };
    const published = { ...tiny, experiment: { ...tiny.experiment, published: [figure] } };
    const text = (tablesHoldPublished: boolean) =>
      sectionText({ section: { ...own, tablesHoldPublished }, loaded: published, answer: own.answer(tiny) });
    expect(text(false)).toContain('the gap of the paper');
    expect(text(true)).not.toContain('the gap of the paper');
  });

  it('names its sections and where the runs come from', () => {
    const page = resultsPage([answered]);
    expect(page).toContain('- [A tiny one](#a-tiny-one)');
    expect(page).toContain('3 runs of 1 experiment');
    expect(page).toContain('AMD EPYC 7B13');
  });

  it('is written from ready experiments, each once', () => {
    const names = sections.map(({ experiment }) => experiment);
    expect(new Set(names).size).toBe(names.length);
    expect(readyExperiments()).toEqual(expect.arrayContaining(names));
  });
});
