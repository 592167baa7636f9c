import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { normalFormGame } from '../../games/players/normal-form.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import { exact } from '../../solvers/exact.ts';
import { cpuBackend, hostValues } from '../../src/numerics/cpu/backend.ts';
import { stream } from '../../src/random/streams.ts';
import { type Game, isMatrixGame } from '../../src/solve/game.ts';
import { instance } from '../../src/solve/instance.ts';
import { type NamedPolicy, restrictedGame } from '../../src/solve/restricted-game.ts';
import { solve } from '../../src/solve/solve.ts';
import { thrown } from '../games/thrown.ts';

const games: readonly Game[] = [
  catalogueGame('random:n=6,seed=2'),
  zeroSumGame([
    [1, -2, 0.5],
    [-1, 3, 0],
  ]),
  bimatrixGame(
    [
      [3, 0],
      [5, 1],
      [2, 2],
    ],
    [
      [3, 5],
      [0, 1],
      [4, -1],
    ],
  ),
  normalFormGame([
    [
      [
        [1, 2, 0],
        [3, 1, 4],
      ],
      [
        [0, 5, 2],
        [1, 1, 1],
      ],
    ],
    [
      [
        [2, 0, 1],
        [1, 3, 3],
      ],
      [
        [4, 0, 0],
        [2, 6, 1],
      ],
    ],
    [
      [
        [0, 1, 3],
        [2, 2, 0],
      ],
      [
        [1, 0, 1],
        [7, 1, 2],
      ],
    ],
  ]),
  catalogueGame('plackett-luce:players=4,n=5'),
  catalogueGame('plackett-luce:players=3,n=4,roles=own'),
  catalogueGame('polymatrix-preference:players=4,n=5,roles=own'),
  catalogueGame('plackett-luce:players=2,n=5'),
];

/** Payoffs of a seat, by the game itself. */
function payoffs(game: Game, seat: number, policies: readonly ArrayLike<number>[]): number[] {
  const { ops } = cpuBackend();
  const perRole = policies.map((policy) => ops.tensor(Array.from(policy), [1, policy.length]));
  const seated = game.roleOf.map((role) => perRole[role]);
  return Array.from(hostValues(game.place(ops).payoffs(seat, seated)));
}

function everyone(game: Game, policies: readonly ArrayLike<number>[]): number[][] {
  const { ops } = cpuBackend();
  const perRole = policies.map((policy) => ops.tensor(Array.from(policy), [1, policy.length]));
  const found = game.place(ops).everyone?.(game.roleOf.map((role) => perRole[role])) ?? [];
  return found.map((tensor) => Array.from(hostValues(tensor)));
}

/** Random policies, some of their actions left out. */
function randomPolicy(size: number, draw: () => number): number[] {
  const weights = Array.from({ length: size }, () => Math.max(0, draw() - 0.3));
  const total = weights.reduce((sum, w) => sum + w, 0);
  return total === 0 ? weights.map((_, k) => (k === 0 ? 1 : 0)) : weights.map((w) => w / total);
}

const named = (policies: readonly (readonly number[])[]): NamedPolicy[] =>
  policies.map((policy, k) => ({ name: `member ${k + 1}`, policy }));
const pure = (size: number): NamedPolicy[] =>
  named(Array.from({ length: size }, (_, a) => Array.from({ length: size }, (_, b) => (a === b ? 1 : 0))));

describe('restricted games', () => {
  it.each(games.map((game) => [`${game.name} (${game.kind})`, game] as const))(
    'of all actions are the game: %s',
    (_, game) => {
      const restricted = restrictedGame(game, game.actions.map(pure));
      expect(restricted.actions).toEqual(game.actions);
      expect(restricted.sum).toBe(game.sum);
      if (isMatrixGame(game)) {
        if (!isMatrixGame(restricted)) throw new Error(restricted.kind);
        expect(restricted.kind).toBe(game.kind);
        expect(restricted.payoffSpan).toBe(game.payoffSpan);
        expect(restricted.matrices.map(({ values }) => [...values])).toEqual(
          game.matrices.map(({ values }) => [...values]),
        );
      }
      const { uniform } = stream('all actions', game.name);
      const policies = game.actions.map((count) => randomPolicy(count, uniform));
      for (const seat of game.roleOf.keys())
        payoffs(restricted, seat, policies).forEach((value, a) => {
          expect(Math.abs(value - payoffs(game, seat, policies)[a])).toBeLessThanOrEqual(1e-15 * (1 + game.payoffSpan));
        });
    },
  );

  it('pay every member what its policy earns when all others play their mixtures of members', () => {
    fc.assert(
      fc.property(fc.constantFrom(...games), fc.integer({ min: 1, max: 4 }), fc.string(), (game, size, seed) => {
        const { uniform } = stream(seed, 'members');
        const members = game.actions.map((count) =>
          Array.from({ length: size }, (_, k) => randomPolicy(count, k === 0 ? () => 0 : uniform)),
        );
        const mixtures = game.actions.map(() => randomPolicy(size, uniform));
        const full = game.actions.map((count, role) =>
          Array.from({ length: count }, (_, a) =>
            mixtures[role].reduce((sum, weight, k) => sum + weight * members[role][k][a], 0),
          ),
        );
        const restricted = restrictedGame(game, members.map(named));
        const together = everyone(restricted, mixtures);
        for (const [seat, role] of game.roleOf.entries()) {
          const u = payoffs(game, seat, full);
          const expected = members[role].map((policy) => policy.reduce((sum, p, a) => sum + p * u[a], 0));
          const close = (found: readonly number[]) =>
            found.forEach((value, k) => {
              expect(Math.abs(value - expected[k])).toBeLessThanOrEqual(1e-13 * (1 + game.payoffSpan));
            });
          close(payoffs(restricted, seat, mixtures));
          if (together.length > 0) close(together[seat]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('have matrices where two players meet and the kind the game has, and no joint tensor for more players', () => {
    const kinds = games.map((game) => restrictedGame(game, game.actions.map(pure)).kind);
    expect(kinds).toEqual([
      'preference',
      'zero-sum',
      'bimatrix',
      'restricted',
      'restricted',
      'restricted',
      'restricted',
      'preference',
    ]);
  });

  it('of an operator game can be solved by linear programming', async () => {
    const game = catalogueGame('low-rank:n=600,rank=2');
    expect(isMatrixGame(game)).toBe(false);
    const some = Array.from({ length: 9 }, (_, k) => Array.from({ length: 600 }, (_, a) => (a === 37 * k ? 1 : 0)));
    const restricted = restrictedGame(game, [named(some)]);
    const { runs } = await solve(cpuBackend(), instance(restricted), exact);
    expect(runs[0].result).toBe('converged');
    // The value of a symmetric game.
    const [policy] = runs[0].answer.profile;
    const own = payoffs(restricted, 0, [policy]).reduce((sum, u, k) => sum + u * policy[k], 0);
    expect(own).toBeCloseTo(0.5, 13);
  });

  it('of two players who share a role without preferences are placed', () => {
    const doves = normalFormGame(
      [
        [
          [0, 1],
          [0.25, 0.75],
        ],
        [
          [0, 0.25],
          [1, 0.75],
        ],
      ],
      { symmetric: true },
    );
    const restricted = restrictedGame(doves, [pure(2)]);
    expect(restricted.kind).toBe('restricted');
    expect(payoffs(restricted, 1, [[0.5, 0.5]])).toEqual([0.5, 0.5]);
  });

  it('turn one mixture into the policies of each role, also where it is one and the same', () => {
    const game = catalogueGame('plackett-luce:players=3,n=4,roles=own');
    const lists = game.actions.map((count, role) => pure(count).slice(role, role + 2));
    const { ops } = cpuBackend();
    const placed = restrictedGame(game, lists).place(ops);
    const mixture = ops.tensor([0.25, 0.75], [1, 2]);
    const full = lists.map((list) =>
      Array.from({ length: 4 }, (_, a) => 0.25 * list[0].policy[a] + 0.75 * list[1].policy[a]),
    );
    const seated = [mixture, mixture, mixture];
    const together = placed.everyone?.(seated) ?? [];
    for (const role of [0, 1, 2]) {
      const expected = payoffs(game, role, full).slice(role, role + 2);
      for (const found of [placed.payoffs(role, seated), together[role]])
        hostValues(found).forEach((value, k) => {
          expect(value).toBeCloseTo(expected[k], 13);
        });
    }
  });

  it('name what is wrong', async () => {
    const [game] = games;
    const refusal = async (of: Game, members: readonly NamedPolicy[][]): Promise<string> => {
      const { code, message } = await thrown(() => restrictedGame(of, members));
      expect(code).toBe('bad-policy');
      return message;
    };
    expect(await refusal(game, [[{ name: 'a', policy: [0.5, 0.5] }]])).toContain(
      'a policy of 2 probabilities, at member "a" of role 0; expected 6, one per action',
    );
    expect(await refusal(game, [[{ name: 'b', policy: [2, -1, 0, 0, 0, 0] }]])).toContain('probability -1 of action 2');
    expect(await refusal(game, [[...pure(6), ...pure(6)]])).toContain('two members of the name "member 1"');
    expect(await refusal(game, [[]])).toContain('no members');
    expect(await refusal(games[1], [pure(2)])).toContain('members for 1 roles');
  });
});
