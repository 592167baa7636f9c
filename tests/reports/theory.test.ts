import { describe, expect, it } from 'vitest';
import type { StoredGame, StoredRun } from '../../experiments/stored.ts';
import { type TheoryRow, theoryModel } from '../../reports/model/theory.ts';
import { factorText } from '../../reports/sections/rate-words.ts';
import { renderTheory } from '../../reports/theory.ts';
import { contentHash } from '../../src/core/canonical.ts';
import { loaded, storedRun } from './fixture.ts';
import { manyActions, rps } from './games.ts';
import { visibleText } from './page-text.ts';
import { altered, mirrorProx } from './situations.ts';
import { type TrialOptions, trialRun } from './trials.ts';

const named = (name: string): StoredGame => ({ ...rps, name });

function rowsOf(runs: readonly StoredRun[], games: readonly StoredGame[] = [rps]): readonly TheoryRow[] {
  return theoryModel([loaded('t', 'Does it hold?', games, runs)]).rows;
}

const rowOf = (options: TrialOptions): TheoryRow => rowsOf([trialRun(options)])[0];

describe('the observed rate', () => {
  it('of a curve that falls by a factor is that factor, beside the factor of the bound', () => {
    const { rates } = rowOf({ measured: (t) => 2 * 0.9 ** t, bound: (t) => 5 * 0.96 ** t });
    expect(rates).toMatchObject([{ kind: 'factor', temperature: 0.1 }]);
    expect(rates[0].observed?.median).toBeCloseTo(0.9, 10);
    expect(rates[0].declared?.median).toBeCloseTo(0.96, 10);
  });

  it('of a curve that falls as a power is the exponent, beside that of the bound', () => {
    const { rates } = rowOf({ measured: (t) => 3 / Math.max(t, 1), bound: (t) => 8 / Math.sqrt(Math.max(t, 1)) });
    expect(rates[0].kind).toBe('exponent');
    expect(rates[0].observed?.median).toBeCloseTo(-1, 10);
    expect(rates[0].declared?.median).toBeCloseTo(-0.5, 10);
  });

  it('knows O(1/t) behind 1/(t + 1), as theorems write it', () => {
    const { rates } = rowOf({ measured: (t) => 1 / (t + 1) ** 2, bound: (t) => 800 / (t + 1) });
    expect(rates[0].kind).toBe('exponent');
    expect(rates[0].declared?.median).toBeCloseTo(-1, 1);
    expect(rates[0].observed?.median).toBeCloseTo(-2, 1);
  });

  it('of a power is that of the second half on the logarithmic axis', () => {
    const bent = (t: number) => (t < 30 ? 1 / t ** 3 : 30 / 30 ** 3 / t);
    const { rates } = rowOf({ measured: (t) => bent(Math.max(t, 1)), bound: (t) => 8 / Math.max(t, 1) });
    expect(rates[0].observed?.median).toBeCloseTo(-1, 10);
  });

  it('is not moved by a few odd values, nor by what is rounding', () => {
    const odd = (t: number) => (t % 17 === 5 ? 1e-3 : 1) * Math.max(0.9 ** t, 1e-28);
    const { rates } = rowOf({ measured: odd, bound: (t) => 0.96 ** t });
    expect(rates[0].observed?.median).toBeCloseTo(0.9, 2);
    const settled = rowOf({ measured: (t) => Math.max(0.9 ** t, 1e-28), bound: (t) => 0.96 ** t });
    expect(settled.rates[0].observed?.median).toBeCloseTo(0.9, 10);
  });

  it('is that of the long run, though most records are early', () => {
    const late = (t: number) => (t < 200 ? 1 : 0.98 ** (t - 200));
    const { rates } = rowOf({ measured: late, bound: (t) => 2 * 0.99 ** t });
    expect(rates[0].observed?.median).toBeGreaterThan(0.98);
    expect(rates[0].observed?.median).toBeLessThan(0.986);
  });

  it('is spread over runs and told per temperature', () => {
    const runs = [0.8, 0.9, 0.85].map((factor, i) =>
      trialRun({ seed: String(i), measured: (t) => factor ** t, bound: (t) => 0.95 ** t }),
    );
    const warm = trialRun({ temperature: 0.5, measured: (t) => 0.5 ** t, bound: (t) => 0.7 ** t });
    const [{ rates, curves }] = rowsOf([...runs, warm]);
    expect(rates.map(({ temperature }) => temperature)).toEqual([0.1, 0.5]);
    expect(rates[0].observed?.low).toBeCloseTo(0.8, 10);
    expect(rates[0].observed?.median).toBeCloseTo(0.85, 10);
    expect(rates[1].declared?.median).toBeCloseTo(0.7, 10);
    expect(curves.map(({ temperature, runs }) => [temperature, runs])).toEqual([
      [0.1, 3],
      [0.5, 1],
    ]);
  });

  it('is none where the bound does not fall, or two records are all there is', () => {
    expect(rowOf({ bound: () => 4 }).rates).toEqual([{ temperature: 0.1, kind: 'flat' }]);
    expect(rowOf({ bound: (t) => 1 - 0.9 ** t + 1 }).rates).toEqual([{ temperature: 0.1, kind: 'flat' }]);
    expect(rowOf({ steps: 2, bound: (t) => 0.9 ** t }).rates).toEqual([{ temperature: 0.1 }]);
    expect(rowOf({ measured: () => 0, bound: (t) => 0.9 ** t }).rates).toEqual([{ temperature: 0.1 }]);
  });

  it('is none where the bound is on its way to a plateau, however it gets there', () => {
    const kindOf = (bound: (t: number) => number) => rowOf({ bound }).rates[0].kind;
    // Hedge with a constant step; Nash-MD with a constant step, of which the last steps see nothing but the plateau or not yet.
    for (const end of [0.004, 0.001]) expect(kindOf((t) => 4 / Math.max(t, 1) + end)).toBe('levelling');
    for (const factor of [0.98, 0.995, 0.998]) expect(kindOf((t) => factor ** t + 0.25)).toBe('levelling');
    expect(kindOf((t) => 4 / (t + 1))).toBe('exponent');
    expect(kindOf((t) => 1 / (t + 1) + 3 / Math.sqrt(t + 1))).toBe('exponent');
    expect(kindOf((t) => 3 * 0.999 ** t)).toBe('factor');
    const text = visibleText(renderTheory([loaded('t', 'q', [rps], [trialRun({ bound: (t) => 0.98 ** t + 0.25 })])]));
    expect(text).toContain('no rate: the bound levels off');
    expect(text).not.toMatch(/exponent of the bound|factor per step of the bound/);
  });

  it('stands beside that of the bound and what the catalogue declares, in words', () => {
    const textOf = (options: TrialOptions) => visibleText(renderTheory([loaded('t', 'q', [rps], [trialRun(options)])]));
    const power = textOf({
      solver: 'nash-md',
      measured: (t) => 1 / Math.max(t, 1) ** 2,
      bound: (t) => 8 / Math.max(t, 1),
    });
    expect(power).toContain('declared: O(1/t)');
    expect(power).toContain('exponent of the bound −1, like 1/t; observed −2');
    const factor = textOf({ measured: (t) => 0.9 ** t, bound: (t) => 0.96 ** t });
    expect(factor).toContain('factor per step of the bound 0.96; observed 0.9');
    expect(factor).not.toContain('declared:');
    for (const text of [power, factor]) expect(text).toContain('exponent −1 falls like 1/t');
  });

  it('is written with digits enough to tell a factor from 1', () => {
    expect([0.5, 0.9, 0.931, 0.99874, 0.9999961, 1].map(factorText)).toEqual([
      '0.5',
      '0.9',
      '0.931',
      '0.9987',
      '0.9999961',
      '1',
    ]);
  });
});

describe('the tightest game', () => {
  const games = ['easy', 'tight', 'loose'].map(named);
  const factor = [0.5, 0.8, 0.1];
  const runs = games.map((game, i) =>
    trialRun({
      game,
      steps: 200,
      measured: (t) => factor[i] / (t + 1) / (1 + Math.abs(t - 7)),
      bound: (t) => 1 / (t + 1),
    }),
  );

  it('is the one with the largest measured value over its bound, named with ratio and step', () => {
    const [{ tightest, games: count, counts }] = rowsOf(runs, games);
    expect(tightest?.run.cell.game.name).toBe('tight');
    expect(tightest?.step).toBe(7);
    expect(tightest?.ratio).toBeCloseTo(0.8, 12);
    expect([count, counts.within]).toEqual([3, 3]);
    const text = visibleText(renderTheory([loaded('t', 'q', games, runs)]));
    expect(text).toContain('Closest to its bound: magnet on tight at step 7, with 0.8 of it');
  });

  it('is not judged at the start, where the bound is the start itself, nor by what is rounding', () => {
    const { tightest } = rowOf({
      measured: (t) => (t === 0 ? 1 : Math.max(0.5 * 0.8 ** t, 1e-28)),
      bound: (t) => 0.8 ** t,
    });
    expect(tightest?.step).toBeGreaterThan(0);
    expect(tightest?.ratio).toBeCloseTo(0.5, 12);
  });

  it('is the start where the start breaks its bound', () => {
    expect(rowOf({ measured: () => 2, bound: (t) => (t === 0 ? 1 : 4) }).tightest).toMatchObject({ step: 0, ratio: 2 });
  });

  it('knows the rounding of a small step: 1/(ητ) steps of it pile up', () => {
    const measured = (t: number) => (t < 5 ? 1e-3 : 1e-20);
    const bound = (t: number) => (t < 5 ? 1 : 1e-20);
    expect(rowOf({ measured, bound }).tightest?.ratio).toBe(1);
    expect(rowOf({ measured, bound, params: { stepSize: '1e-6*span' } }).tightest?.ratio).toBeCloseTo(1e-3, 12);
  });

  it('is absent when every value is rounding', () => {
    expect(rowOf({ measured: () => 0, bound: () => 1 })).not.toHaveProperty('tightest');
  });

  it('is the answer itself for a method that answers at once', () => {
    const answer = trialRun({ solver: 'exact', steps: 1, guarantee: { bound: 0.5, measured: 0.2 } });
    const direct = altered(answer, ({ result }) => ({
      result: { ...result, steps: 0, oracleCalls: 0 },
      history: { step: [0], oracleCalls: [0], columns: { 'last/kl-to-equilibrium': [0.2] } },
    }));
    const [{ tightest, ratios }] = rowsOf([direct]);
    expect(tightest).toMatchObject({ step: 0, ratio: 0.4 });
    expect(ratios).toMatchObject([{ at: 0, median: 0.4 }]);
  });
});

describe('a row of the theory report', () => {
  it('counts what became of the runs, and why, whatever numbers the reasons hold', () => {
    const of = (status: 'within' | 'outside' | 'violated' | 'unmeasured', seed: number, reason?: string) =>
      trialRun({ seed: String(seed), guarantee: { status, ...(reason === undefined ? {} : { reason }) } });
    const [row] = rowsOf([
      of('within', 0),
      of('violated', 1),
      of('outside', 2, 'γ = 1.25 exceeds 4τ/s² = 0.4'),
      of('outside', 3, 'the game is general-sum'),
      of('outside', 4, 'γ = 3e-7 exceeds 4τ/s² = 0.1'),
      of('unmeasured', 5, 'nothing was recorded'),
    ]);
    expect(row.counts).toEqual({ within: 1, outside: 3, violated: 1, unmeasured: 1 });
    expect(row.reasons).toEqual([
      { status: 'outside', reason: 'for example, γ = 1.25 exceeds 4τ/s² = 0.4', count: 2 },
      { status: 'outside', reason: 'the game is general-sum', count: 1 },
      { status: 'unmeasured', reason: 'nothing was recorded', count: 1 },
    ]);
  });

  it('is of one theorem: a solver that was judged by two has two', () => {
    const rows = rowsOf([
      trialRun({ seed: '0', bound: (t) => 0.95 ** t }),
      trialRun({ seed: '1', guarantee: { statement: 'another' }, bound: () => 2 }),
      trialRun({ seed: '2', bound: (t) => 0.95 ** t }),
    ]);
    expect(rows.map(({ theorem, runs }) => [theorem?.statement, runs])).toEqual([
      ['KL(π*‖π_t) falls.', 2],
      ['another', 1],
    ]);
  });

  it('lists a solver without a theorem as such', () => {
    const bare = storedRun({ game: rps, method: { ...mirrorProx, name: 'bare' } });
    const [row] = rowsOf([bare]);
    expect(row).toMatchObject({ runs: 1, curves: [], ratios: [], rates: [] });
    expect(row).not.toHaveProperty('theorem');
    const text = visibleText(renderTheory([loaded('t', 'q', [rps], [bare])]));
    expect(text).toContain('No theorem is stated for 1 run of bare');
    expect(text).toContain('no theorem stated');
  });

  it('compares runs where they are still going: a run that stopped has no value after its end', () => {
    const [{ curves }] = rowsOf([
      trialRun({ seed: '0', steps: 400, measured: () => 0.1, bound: (t) => 1 / (t + 1) }),
      trialRun({ seed: '1', steps: 400, ended: 50, measured: () => 0.5, bound: (t) => 1 / (t + 1) }),
    ]);
    const at = (step: number) => curves[0].measured.filter((point) => point.at >= step).map(({ runs }) => runs);
    expect(Math.min(...at(0))).toBe(1);
    expect(curves[0].measured[5]).toMatchObject({ runs: 2, median: 0.3 });
    expect(new Set(at(51))).toEqual(new Set([1]));
  });

  it('counts a run at rounding as 0 until all are', () => {
    const [{ ratios }] = rowsOf([
      trialRun({ seed: '0', measured: (t) => (t < 3 ? 0.5 : 0), bound: () => 1 }),
      trialRun({ seed: '1', measured: (t) => (t < 9 ? 0.5 : 0), bound: () => 1 }),
    ]);
    expect(ratios.map(({ at, low, high }) => [at, low, high])).toEqual([
      ...[1, 2].map((at) => [at, 0.5, 0.5]),
      ...[3, 4, 5, 6, 7, 8].map((at) => [at, 0, 0.5]),
    ]);
  });
});

describe('the theory page', () => {
  it('says VIOLATED first, and in the row', () => {
    const measured = (t: number) => (t < 10 ? 0.5 : 3) * 0.9 ** t;
    const guarantee = { status: 'violated', measured: measured(10), bound: 0.9 ** 10 } as const;
    const runs = [
      trialRun({ seed: '0', bound: (t) => 0.9 ** t, measured, guarantee }),
      trialRun({ seed: '1', bound: (t) => 0.9 ** t, measured: (t) => 0.5 * 0.9 ** t }),
    ];
    const text = visibleText(renderTheory([loaded('t', 'q', [rps], runs)]));
    expect(text.indexOf('VIOLATED: a guarantee does not hold')).toBeGreaterThan(0);
    expect(text.indexOf('VIOLATED')).toBeLessThan(text.indexOf('Furthest above its bound: magnet on rps'));
    expect(text).toContain('The theorem’s bound is VIOLATED in 1 of 2 runs that tested it');
    expect(text).toMatch(/50 %\s+VIOLATED/);
    expect(rowsOf(runs)[0].tightest?.ratio).toBeCloseTo(3, 12);
    const fine = renderTheory([loaded('t', 'q', [rps], runs.slice(1))]);
    expect(visibleText(fine)).not.toContain('VIOLATED');
  });

  it('says why runs are outside the premises', () => {
    const run = trialRun({ guarantee: { status: 'outside', reason: 'the game is general-sum' } });
    const text = visibleText(renderTheory([loaded('t', 'q', [rps], [run])]));
    expect(text).toContain('outside the theorem’s premises: the game is general-sum');
    expect(text).toContain('no run tested it');
    expect(text).not.toContain('nothing above rounding');
    const silent = trialRun({ measured: () => 0, bound: () => 1 });
    expect(visibleText(renderTheory([loaded('t', 'q', [rps], [silent])]))).toContain('nothing above rounding');
  });

  it('speaks of one theorem or of several', () => {
    const leadOf = (...statements: string[]) => {
      const runs = statements.map((statement, i) =>
        trialRun({ seed: String(i), bound: () => 2, guarantee: { statement } }),
      );
      return visibleText(renderTheory([loaded('t', 'q', [rps], runs)]));
    };
    expect(leadOf('one', 'one')).toContain('The theorem’s bound held in all 2 runs that tested it');
    expect(leadOf('one', 'another')).toContain('The theorems’ bounds held in all 2 runs that tested them');
  });

  it('is small for two thousand runs on games of their own', () => {
    const games = Array.from(
      { length: 500 },
      (_, i): StoredGame => ({ ...manyActions(4), name: `random:n=4,seed=${i}` }),
    );
    const hashes = games.map(contentHash);
    const runs = ['magnet', 'slow', 'optimist', 'plain'].flatMap((solver, k) => {
      const one = trialRun({ solver, game: games[0], measured: (t) => 0.9 ** t / (k + 1), bound: (t) => 0.95 ** t });
      return games.map((game, i) =>
        altered(one, ({ cell }) => ({
          id: `${k}${String(i).padStart(4, '0')}`.padStart(64, '0'),
          cell: { ...cell, seed: String(i), game: { name: game.name, hash: hashes[i], group: 'random:4' } },
        })),
      );
    });
    const page = renderTheory([loaded('many', 'q', games, runs)]);
    expect(page.length).toBeLessThan(2_500_000);
    expect(visibleText(page).includes('held in all 2,000 runs')).toBe(true);
  });

  it('is over several experiments', () => {
    const [a, b] = [0, 1].map((k) =>
      loaded(`part-${k}`, `Question ${k}?`, [rps], [trialRun({ seed: String(k), bound: (t) => 0.95 ** t })]),
    );
    const text = visibleText(renderTheory([a, b]));
    for (const words of ['part-0 and part-1', 'Question 0?', 'Question 1?', 'all 2 runs that tested it'])
      expect(text).toContain(words);
  });
});
