import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preferenceGame } from '../../games/preference.ts';
import { bradleyTerryRewards } from '../../src/exact/bradley-terry.ts';
import { conjugateGradient } from '../../src/exact/conjugate-gradient.ts';
import { eliminate } from '../../src/exact/elimination.ts';
import { lawOf, rewardsOf } from '../../src/exact/rewards.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Game } from '../../src/solve/game.ts';
import { rewardGame } from '../../src/solve/reward-game.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Preferences of 2 … 6 actions, certain ones among them, with a law that spans forty orders of magnitude. */
const weighted = fc.integer({ min: 2, max: 6 }).chain((n) =>
  fc.record({
    p: fc
      .array(fc.oneof(fc.constantFrom(0, 1), fc.constantFrom(0, 0.5, 1), number(0.01, 0.99)), {
        minLength: n * n,
        maxLength: n * n,
      })
      .map((flat) =>
        Array.from({ length: n }, (_, a) =>
          Array.from({ length: n }, (_, b) => (a === b ? 0.5 : a < b ? flat[a * n + b] : 1 - flat[b * n + a])),
        ),
      ),
    law: fc.array(number(-92, 0), { minLength: n, maxLength: n }).map((row) => Float64Array.from(row)),
  }),
);

const reaches = (p: readonly (readonly number[])[]): boolean => {
  const reach = p.map((row, a) => row.map((value, b) => a === b || value > 0));
  for (let m = 0; m < p.length; m++)
    for (let a = 0; a < p.length; a++) for (let b = 0; b < p.length; b++) reach[a][b] ||= reach[a][m] && reach[m][b];
  return reach.every((row) => row.every(Boolean));
};

describe('Bradley–Terry rewards under a law of pairs', () => {
  it('exist exactly where every action can win against every other; there what is won is what is expected', () => {
    let [finite, refused] = [0, 0];
    fc.assert(
      fc.property(weighted, ({ p, law }) => {
        const game = preferenceGame(p);
        if (!reaches(p)) {
          refused++;
          expect(() => bradleyTerryRewards(game, law)).toThrow(/(always|never) preferred/);
          return;
        }
        finite++;
        const r = bradleyTerryRewards(game, law);
        const weights = law.map(Math.exp);
        p.forEach((row, a) => {
          let [above, below] = [0, 0];
          row.forEach((value, b) => {
            if (a === b) return;
            above += weights[b] * value * (1 / (1 + Math.exp(r[a] - r[b])));
            below += weights[b] * (1 - value) * (1 / (1 + Math.exp(r[b] - r[a])));
          });
          expect(Math.abs(above - below)).toBeLessThanOrEqual(1e-9 * (above + below));
        });
        expect(Math.abs(r.reduce((sum, x) => sum + x, 0))).toBeLessThanOrEqual(1e-9);
      }),
      { numRuns: 300 },
    );
    expect(Math.min(finite, refused)).toBeGreaterThan(20);
  });

  it('name who is to blame where they do not exist', () => {
    const named = (rows: number[][], labels: string[]): string => {
      try {
        bradleyTerryRewards(preferenceGame(rows, { labels }), new Float64Array(rows.length));
        return 'finite';
      } catch (error) {
        return (error as Error).message;
      }
    };
    const cycle = [
      [0.5, 1, 0],
      [0, 0.5, 1],
      [1, 0, 0.5],
    ];
    expect(named(cycle, ['x', 'y', 'z'])).toBe('finite');
    const above = [...cycle.map((row) => [...row, 0]), [1, 1, 1, 0.5]];
    expect(named(above, ['x', 'y', 'z', 'top'])).toContain(
      'are not finite: "top" is always preferred; expected a game',
    );
    const below = [...cycle.map((row) => [...row, 1]), [0, 0, 0, 0.5]];
    expect(named(below, ['x', 'y', 'z', 'low'])).toContain('"low" is never preferred');
    const two = [0, 1, 2, 3].map((a) => [0, 1, 2, 3].map((b) => (a < 2 === b < 2 ? 0.5 : a < 2 ? 1 : 0)));
    expect(named(two, ['a', 'b', 'c', 'd'])).toContain('each of "a", "b" is always preferred to each of "c", "d"');
  });

  it('blame the law where its weights are too small to multiply', () => {
    const rows = [0, 1, 2].map((a) => [0, 1, 2].map((b) => (a === b ? 0.5 : (b - a + 3) % 3 === 1 ? 1 : 0)));
    const attempt = () => bradleyTerryRewards(preferenceGame(rows), Float64Array.of(-800, -1, -1));
    expect(attempt).toThrow('drawn too seldom');
  });

  it('are read per draw of the game and per run of the reference', () => {
    const games = [0.6, 0.9].map((win) =>
      preferenceGame([
        [0.5, win],
        [1 - win, 0.5],
      ]),
    );
    const values = Float64Array.from(games.flatMap(({ matrices: [{ values }] }) => [...values]));
    const stacked = { ...games[0], draws: 2, matrices: [{ rows: 2, columns: 2, values }] };
    const log = Float64Array.of(Math.log(0.5), Math.log(0.5));
    const lead = (win: number): number => Math.log(win / (1 - win)) / 2;
    const read = rewardsOf(stacked, 'reference', [log]);
    [lead(0.6), -lead(0.6), lead(0.9), -lead(0.9)].forEach((expected, k) => {
      expect(read[k]).toBeCloseTo(expected, 13);
    });
    const rows = Float64Array.from([0.2, 0.3, 0.5, 0.6, 0.3, 0.1], Math.log);
    const three = preferenceGame([
      [0.5, 0.9, 0.2],
      [0.1, 0.5, 0.7],
      [0.8, 0.3, 0.5],
    ]);
    const both = rewardsOf(three, 'reference', [rows]);
    expect(both.slice(3)).toEqual(bradleyTerryRewards(three, rows.slice(3)));
    expect(both.slice(0, 3)).not.toEqual(both.slice(3));
    expect(lawOf('uniform', three, [rows])).toHaveLength(3);
  });
});

describe('the game of rewards', () => {
  it('pays the rewards whoever the opponent is, one row for all runs or one each', async () => {
    const game: Game = preferenceGame([
      [0.5, 0.9],
      [0.1, 0.5],
    ]);
    const backend = cpuBackend();
    const { ops } = backend;
    const opponent = (runs: number) => ops.fill([runs, 2], 0.5);
    const paid = async (rewards: number[], runs: number): Promise<number[]> => {
      const { payoffs } = rewardGame(game, Float64Array.from(rewards)).place(ops);
      return [...(await backend.read(payoffs(0, [opponent(runs), opponent(runs)])))];
    };
    expect(await paid([3, -3], 2)).toEqual([3, -3, 3, -3]);
    expect(await paid([3, -3, 1, -1], 2)).toEqual([3, -3, 1, -1]);
    expect(await paid([3, -3, 1, -1], 1)).toEqual([3, -3, 1, -1]);
  });
});

describe('elimination', () => {
  it('solves what conjugate gradients solve, and keeps the digits of light vertices beside heavy ones', () => {
    const n = 5;
    const laplacian = (scale: readonly number[]): Float64Array =>
      Float64Array.from({ length: n * n }, (_, k) => {
        const [a, b] = [Math.floor(k / n), k % n];
        return a === b ? 0 : scale[a] * scale[b] * (1 + ((a * b + a + b) % 3));
      });
    const even = laplacian([1, 1, 1, 1, 1]);
    const right = Float64Array.of(1, -2, 0.5, 3, -2.5);
    const [slow, fast] = [eliminate(n, even, right), conjugateGradient(n, even, right)];
    for (let a = 1; a < n; a++) expect(slow[a] - slow[0]).toBeCloseTo(fast[a] - fast[0], 13);
    const scale = [1e-150, 1, 1e-60, 0.3, 1e-9];
    const weights = laplacian(scale);
    const wanted = [3, -1, 7, 0, 2];
    const image = Float64Array.from(wanted, (own, a) =>
      wanted.reduce((sum, other, b) => sum + weights[a * n + b] * (own - other), 0),
    );
    const found = eliminate(n, weights, image);
    for (let a = 0; a < n; a++) expect(found[a] - found[1]).toBeCloseTo(wanted[a] - wanted[1], 12);
  });
});
