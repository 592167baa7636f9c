import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { inspectGame } from '../../games/inspection/summary.ts';
import { discountedPayoffs, type MemoryOne } from '../../games/memory-one.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { withMatrix } from '../with-matrix.ts';

/** Both players' payoffs when these two strategies meet. */
function meeting(game: MatrixGame, row: string, column: string): [number, number] {
  const [rows, columns] = game.labels;
  const [i, j] = [rows.indexOf(row), columns.indexOf(column)];
  const [a, b] = game.matrices;
  return [a.values[i * a.columns + j], b.values[j * b.columns + i]];
}

const dilemma = (more = '') => withMatrix(catalogueGame(`repeated:game=prisoners-dilemma${more}`));

describe('a repeated game', () => {
  test('has the 16 strategies of memory one, or 32 with a first move of their own', () => {
    expect(dilemma().labels[0]).toHaveLength(16);
    expect(dilemma().labels[0].slice(0, 3)).toEqual(['CCCC', 'CCCD', 'CCDC']);
    const free = dilemma(',opening=free').labels[1];
    expect(free).toHaveLength(32);
    expect([free[0], free[31]]).toEqual(['C:CCCC', 'D:DDDD']);
  });

  test.each([
    // R = 3, S = 0, T = 5, P = 1 and δ = 9/10; sums of geometric series by hand.
    ['DDDD', 'CCCC', 5, 0],
    ['CDCD', 'CDCD', 3, 3],
    ['DDDD', 'DDDD', 1, 1],
    // T once, then P: (1 − δ)·5 + δ.
    ['DDDD', 'CDCD', 1.4, 0.9],
    ['DDDD', 'CDDD', 1.4, 0.9],
    // Win stay, lose shift against defection: C, D, C, D, …: (5 + δ)/(1 + δ) and δ/(1 + δ).
    ['DDDD', 'CDDC', 5.9 / 1.9, 0.9 / 1.9],
    // It takes advantage of whoever always cooperates once it began with D; here both begin with C.
    ['CDDC', 'CCCC', 3, 3],
  ])('%s against %s', (row, column, own, other) => {
    const [a, b] = meeting(dilemma(), row, column);
    expect(a).toBeCloseTo(own, 14);
    expect(b).toBeCloseTo(other, 14);
  });

  test('two that copy each other after different first moves take turns: 5/(1 + δ) and 5δ/(1 + δ)', () => {
    const [a, b] = meeting(dilemma(',opening=free'), 'D:CDCD', 'C:CDCD');
    expect(a).toBeCloseTo(5 / 1.9, 14);
    expect(b).toBeCloseTo(4.5 / 1.9, 14);
  });

  test('one round counts at discount 0, the mean of what comes round at 1', () => {
    expect(meeting(dilemma(',discount=0'), 'DDDD', 'CDCD')).toEqual([5, 0]);
    expect(meeting(dilemma(',discount=1'), 'DDDD', 'CDCD')).toEqual([1, 1]);
    expect(meeting(dilemma(',discount=1'), 'DDDD', 'CDDC')).toEqual([3, 0.5]);
  });

  test('payoffs are those of the rounds summed one by one, for any two strategies and discount', () => {
    const move = fc.integer({ min: 0, max: 1 });
    const strategy: fc.Arbitrary<MemoryOne> = fc.record({ first: move, after: fc.tuple(move, move, move, move) });
    const stage = [
      [
        [3, 0],
        [5, 1],
      ],
      [
        [3, 7],
        [0, 2],
      ],
    ] as const;
    fc.assert(
      fc.property(strategy, strategy, fc.double({ min: 0, max: 0.98, noNaN: true }), (row, column, discount) => {
        const sums = [0, 0];
        let [a, b] = [row.first, column.first];
        for (let t = 0; t < 3000; t++) {
          sums[0] += (1 - discount) * discount ** t * stage[0][a][b];
          sums[1] += (1 - discount) * discount ** t * stage[1][a][b];
          [a, b] = [row.after[2 * a + b], column.after[2 * b + a]];
        }
        discountedPayoffs(row, column, stage, discount).forEach((value, player) => {
          expect(value).toBeCloseTo(sums[player], 11);
        });
      }),
      { numRuns: 200 },
    );
  });

  test('the stage games are those of the literature: their only moves at discount 0', () => {
    const stage = (text: string) => {
      const game = withMatrix(catalogueGame(`repeated:${text},discount=0`));
      const [first, second] = [game.labels[0][0], game.labels[0][15]];
      return [first, second].map((row) => [first, second].map((column) => meeting(game, row, column)));
    };
    expect(stage('stag-hunt')).toEqual([
      [
        [2, 2],
        [0, 1],
      ],
      [
        [1, 0],
        [1, 1],
      ],
    ]);
    expect(stage('chicken')).toEqual([
      [
        [3, 3],
        [1, 4],
      ],
      [
        [4, 1],
        [0, 0],
      ],
    ]);
    expect(stage('battle-of-the-sexes')).toEqual([
      [
        [3, 2],
        [0, 0],
      ],
      [
        [0, 0],
        [2, 3],
      ],
    ]);
  });

  test('mutual tit for tat is an equilibrium where the future counts (δ ≥ 2/3), and defection always is', () => {
    const pure = (discount: number) =>
      inspectGame(dilemma(`,discount=${discount}`)).pureEquilibria?.profiles.map((profile) => profile.join(' '));
    expect(pure(0.9)).toContain('CDCD CDCD');
    expect(pure(0.5)).not.toContain('CDCD CDCD');
    for (const discount of [0, 0.5, 0.9]) expect(pure(discount)).toContain('DDDD DDDD');
  });
});
