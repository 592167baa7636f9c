import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { preferenceGame } from '../../games/preference.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { crossPlay } from '../../src/metrics/cross-play.ts';
import { thrown } from '../games/thrown.ts';

const rps = preferenceGame([
  [0.5, 0, 1],
  [1, 0.5, 0],
  [0, 1, 0.5],
]);

const close = (found: readonly (readonly number[])[], expected: readonly (readonly number[])[], digits = 12): void => {
  expect(found.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  found.flat().forEach((value, k) => {
    expect(value).toBeCloseTo(expected.flat()[k], digits);
  });
};

describe('cross-play', () => {
  it('lets everyone play everyone, and says whose answers an equilibrium among them plays', async () => {
    const play = await crossPlay(rps, [
      { name: 'rock', profile: [[1, 0, 0]] },
      { name: 'paper or scissors', profile: [[0, 0.5, 0.5]] },
      { name: 'mostly paper', profile: [[0.2, 0.8, 0]] },
    ]);
    // By hand: P(rock ≻ paper or scissors) = (0 + 1)/2; P(mostly paper ≻ rock) = 0.2·½ + 0.8; and so on.
    close(play.tables[0], [
      [0.5, 0.5, 0.1],
      [0.5, 0.5, 0.2 * 0.5 + 0.8 * 0.75],
      [0.9, 0.2 * 0.5 + 0.8 * 0.25, 0.5],
    ]);
    // "mostly paper" is behind the second, and gains nothing while that is played at least twice as often as rock, its equal:
    // of these equilibria the one of largest entropy.
    close(play.equilibrium?.weights ?? [], [[1 / 3, 2 / 3, 0]], 9);
    expect(play.equilibrium?.nashConv).toBeLessThan(1e-9);
    expect(play.order).toEqual([[1, 0, 2]]);
    expect(JSON.parse(JSON.stringify(play))).toEqual(play);
  });

  it('gives answers that agree within rounding the same weight', async () => {
    const third = 1 / 3;
    const play = await crossPlay(rps, [
      { name: 'one', profile: [[third, third, third]] },
      { name: 'rock', profile: [[1, 0, 0]] },
      { name: 'almost the same', profile: [[third + 1e-12, third - 1e-12, third]] },
      { name: 'paper', profile: [[0, 1, 0]] },
      { name: 'scissors', profile: [[0, 0, 1]] },
    ]);
    const [weights] = play.equilibrium?.weights ?? [];
    expect(weights[0]).toBeCloseTo(weights[2], 12);
    expect(weights[1]).toBeCloseTo(weights[3], 9);
    expect(play.equilibrium?.method).toContain('largest entropy');
  });

  it('has a table for each role of a zero-sum game, rows for its own policies', async () => {
    const game = zeroSumGame([
      [2, -1, 0],
      [-1, 1, 3],
    ]);
    const play = await crossPlay(game, [
      {
        name: 'first',
        profile: [
          [1, 0],
          [1, 0, 0],
        ],
      },
      {
        name: 'second',
        profile: [
          [0, 1],
          [0, 1, 0],
        ],
      },
    ]);
    close(play.tables[0], [
      [2, -1],
      [-1, 1],
    ]);
    close(play.tables[1], [
      [-2, 1],
      [1, -1],
    ]);
    // Row: 2p − (1 − p) = −p + (1 − p) at p = 2/5; the column player mixes alike.
    close(
      play.equilibrium?.weights ?? [],
      [
        [0.4, 0.6],
        [0.4, 0.6],
      ],
      8,
    );
    expect(play.order).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('of general-sum games and of several players follows a path to an equilibrium, and measures what it found', async () => {
    const dilemma = bimatrixGame(
      [
        [3, 0],
        [5, 1],
      ],
      [
        [3, 5],
        [0, 1],
      ],
    );
    const pair = (own: number[]) => [own, own];
    const two = await crossPlay(dilemma, [
      { name: 'kind', profile: pair([1, 0]) },
      { name: 'mean', profile: pair([0, 1]) },
      { name: 'half', profile: pair([0.5, 0.5]) },
    ]);
    close(two.equilibrium?.weights ?? [], [
      [0, 1, 0],
      [0, 1, 0],
    ]);
    expect(two.order[0][0]).toBe(1);

    const game = catalogueGame('plackett-luce:players=4,n=3');
    const policies = [
      { name: 'a', profile: [[1, 0, 0]] },
      { name: 'b', profile: [[0, 1, 0]] },
      { name: 'c', profile: [[0, 0, 1]] },
    ];
    const four = await crossPlay(game, policies);
    // Everyone alike is chosen with ¼ each; otherwise by strength against three others of one kind.
    const strength = (await crossPlay(catalogueGame('plackett-luce:players=2,n=3'), policies)).tables[0];
    four.tables[0].forEach((row, i) => {
      row.forEach((value, j) => {
        const odds = strength[i][j] / (1 - strength[i][j]);
        expect(value).toBeCloseTo(odds / (odds + 3), 12);
      });
    });
    expect(four.equilibrium?.nashConv).toBeLessThan(1e-8);
    expect(four.equilibrium?.method).toContain('quantal response');
  });

  it('of one policy is that policy', async () => {
    const play = await crossPlay(rps, [{ name: 'only', profile: [[0, 1, 0]] }]);
    expect([play.tables, play.equilibrium?.weights, play.order]).toEqual([[[[0.5]]], [[1]], [[0]]]);
  });

  it('names who has no policy of the game', async () => {
    const roles = await thrown(() => crossPlay(rps, [{ name: 'x', profile: [[1, 0, 0], [1]] }]));
    expect(roles.message).toContain('"x" has 2 policies');
    const size = await thrown(() => crossPlay(rps, [{ name: 'x', profile: [[1, 0]] }]));
    expect([size.code, size.message]).toEqual([
      'bad-policy',
      expect.stringContaining('a policy of 2 probabilities, at member "x" of role 0; expected 3, one per action'),
    ]);
  });
});
