import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { normalFormOf } from '../../games/players/normal-form.ts';
import { readGameDocument } from '../../games/read-json.ts';
import { formedPayoffs } from '../../src/exact/formed-payoffs.ts';
import { payoffArrays, requirePayoffArrays, spansOf } from '../../src/exact/payoff-arrays.ts';
import { randomGame } from './random-game.ts';

/** Every joint action, in row-major order. */
function joints(actions: readonly number[]): number[][] {
  return actions.reduce<number[][]>(
    (found, count) => found.flatMap((joint) => Array.from({ length: count }, (_, a) => [...joint, a])),
    [[]],
  );
}

function expectPayoffs(
  game: Parameters<typeof payoffArrays>[0],
  expected: (seat: number, joint: readonly number[]) => number,
): void {
  const { actions, payoffs } = payoffArrays(game);
  const span = Math.max(...spansOf({ actions, payoffs }), 1);
  joints(actions).forEach((joint, s) => {
    for (const seat of actions.keys())
      expect(Math.abs(payoffs[seat][s] - expected(seat, joint))).toBeLessThanOrEqual(1e-14 * span);
  });
}

describe('payoffs at every joint action, by asking the game', () => {
  it.each(Array.from({ length: 12 }, (_, trial) => trial))('are those written in it: random game %i', (trial) => {
    const { actions, payoffs } = randomGame('formed', trial);
    const game = normalFormOf(
      payoffs.map((values) => ({ values })),
      actions,
    );
    expect(formedPayoffs(game)).toEqual({ actions, payoffs });
  });

  it('of players who share a role: every seat sees the others, in a symmetric game of three', () => {
    const of = (own: number, others: readonly number[]): number =>
      10 * own + others.reduce((sum, other) => sum + (other + 1) ** 2, 0) * (own - 1);
    const all = joints([3, 3, 3]);
    const payoffs = [0, 1, 2].map((seat) => ({
      values: Float64Array.from(all, (joint) =>
        of(
          joint[seat],
          joint.filter((_, other) => other !== seat),
        ),
      ),
    }));
    const game = normalFormOf(payoffs, [3, 3, 3], { symmetric: true });
    expect(formedPayoffs(game).payoffs).toEqual(payoffs.map(({ values }) => values));
  });

  it.each(['shared', 'own'])('of Plackett–Luce choices, roles %s: exp r_a/Σ exp r', (roles) => {
    const scores = [0.3, -1, 2];
    const game = readGameDocument({ kind: 'plackett-luce', players: 4, roles, scores }, 'g');
    const strength = (action: number): number => Math.exp(scores[action]);
    expectPayoffs(
      game,
      (seat, joint) => strength(joint[seat]) / joint.reduce((sum, action) => sum + strength(action), 0),
    );
  });

  it('of judges of their own: the mean preference against the others', () => {
    const game = catalogueGame('polymatrix-preference:players=3,n=4,seed=2,roles=own');
    const two = payoffArrays(catalogueGame('random:n=4,seed=2')).payoffs[0];
    expectPayoffs(game, (seat, joint) => {
      const others = joint.filter((_, other) => other !== seat);
      return others.reduce((sum, other) => sum + two[joint[seat] * 4 + other], 0) / 2;
    });
  });

  it('of a polymatrix game: the sum over its edges', () => {
    const first = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const second = [
      [-1, 0, 1],
      [7, -3, 2],
    ];
    const game = readGameDocument(
      {
        kind: 'polymatrix',
        players: 3,
        edges: [
          { players: [0, 1], payoffs: [first, second] },
          { players: [2, 1], payoffs: [second, first] },
        ],
      },
      'path',
    );
    expectPayoffs(game, (seat, [a, b, c]) => {
      if (seat === 0) return first[a][b];
      return seat === 2 ? second[c][b] : second[a][b] + first[c][b];
    });
  });

  it('of a preference game without a matrix', () => {
    const game = catalogueGame('low-rank:n=420,rank=2,seed=1');
    const { actions, payoffs } = payoffArrays(game);
    expect(actions).toEqual([420, 420]);
    if (!('preference' in game)) throw new Error(game.kind);
    const preference = game.preference as (a: number, b: number) => number;
    for (const [a, b] of [
      [0, 1],
      [419, 3],
      [17, 17],
    ]) {
      expect(payoffs[0][a * 420 + b]).toBeCloseTo(preference(a, b), 13);
      expect(payoffs[1][a * 420 + b]).toBeCloseTo(preference(b, a), 13);
    }
  });

  it('are refused by name where there are too many, before anything is formed', () => {
    const many = catalogueGame('polymatrix:40,3');
    expect(() => requirePayoffArrays(many)).toThrow(/1e\+19 of them for each of 40 players; expected at most 1048576/);
    expect(() => payoffArrays(many)).toThrow(/1e\+19/);
    expect(() => payoffArrays(catalogueGame('plackett-luce:players=1000,n=3'))).toThrow(/more than 1e308 of them/);
    const draws = { ...bimatrixGame([[1]], [[1]]), draws: 2 };
    expect(() => payoffArrays(draws)).toThrow(/2 stacked draws/);
  });
});
