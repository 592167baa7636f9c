import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { bimatrixGame } from '../../../games/bimatrix.ts';
import { normalFormGame, normalFormOf } from '../../../games/players/normal-form.ts';
import { actionsAt, jointActions, type PayoffTensor } from '../../../games/players/payoff-tensor.ts';
import { gameOfPayoffs } from '../../../games/players/read-document.ts';
import { readGameDocument } from '../../../games/read-json.ts';
import { gameDocument } from '../../../games/write-json.ts';
import { hedge } from '../../../solvers/hedge.ts';
import { mirrorDescent } from '../../../solvers/mirror-descent.ts';
import { cpuBackend } from '../../../src/numerics/cpu/backend.ts';
import { instance } from '../../../src/solve/instance.ts';
import { solve } from '../../../src/solve/solve.ts';
import { backendsHere } from '../../devices/backends.ts';
import { thrown } from '../thrown.ts';

const backends = await Promise.all(
  (await backendsHere()).map(async ({ name, open }) => ({ name, backend: await open() })),
);
afterAll(() => Promise.all(backends.map(({ backend }) => backend.dispose())));

/** Numbers that float32 holds exactly. */
const payoff = fc.integer({ min: -32, max: 32 }).map((quarter) => quarter / 4);
const weight = fc.integer({ min: 0, max: 8 });

function policyFrom(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, w) => sum + w, 0);
  return total === 0 ? weights.map((_, k) => (k === 0 ? 1 : 0)) : weights.map((w) => w / total);
}

/** A game of two to four players, and B runs of policies of every seat. */
const gameAndPolicies = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain(([size, runs]) => {
    const numbers = fc.array(payoff, { minLength: jointActions(size), maxLength: jointActions(size) });
    const policy = (count: number) => fc.array(weight, { minLength: count, maxLength: count }).map(policyFrom);
    return fc.record({
      size: fc.constant(size),
      payoffs: fc.array(numbers, { minLength: size.length, maxLength: size.length }),
      policies: fc.tuple(...size.map((count) => fc.array(policy(count), { minLength: runs, maxLength: runs }))),
    });
  });

function tensorsOf(payoffs: readonly (readonly number[])[]) {
  return payoffs.map((values) => ({ values: Float64Array.from(values) }));
}

/** Σ over all joint actions at which the seat plays `action`, of payoff times the others' probabilities. */
function written(size: readonly number[], values: readonly number[], seat: number, policies: readonly number[][]) {
  const sums = new Array<number>(size[seat]).fill(0);
  values.forEach((value, index) => {
    const joint = actionsAt(index, size);
    sums[joint[seat]] += joint.reduce((p, action, other) => (other === seat ? p : p * policies[other][action]), value);
  });
  return sums;
}

describe.each(backends)('payoffs of a normal-form game on $name', ({ backend }) => {
  test('are those summed over all joint actions, for any seat, number of players and runs', () =>
    fc.assert(
      fc.asyncProperty(gameAndPolicies, async ({ size, payoffs, policies }) => {
        const game = normalFormOf(tensorsOf(payoffs), size);
        const { ops } = backend;
        const placed = game.place(ops);
        const seated = policies.map((rows, seat) => ops.tensor(rows.flat(), [rows.length, size[seat]]));
        for (const seat of size.keys()) {
          const result = placed.payoffs(seat, seated);
          expect(result.shape).toEqual([policies[0].length, size[seat]]);
          const found = await backend.read(result);
          policies[0].forEach((_, run) => {
            const expected = written(
              size,
              payoffs[seat],
              seat,
              policies.map((rows) => rows[run]),
            );
            expected.forEach((value, action) => {
              expect(Math.abs(found[run * size[seat] + action] - value)).toBeLessThanOrEqual(40 * backend.tolerance);
            });
          });
        }
      }),
      { numRuns: 60 },
    ));
});

const cube: PayoffTensor[] = [
  [
    [
      [1, 0],
      [0, 2],
    ],
    [
      [3, 1],
      [1, 0],
    ],
  ],
  [
    [
      [0, 2],
      [1, 1],
    ],
    [
      [2, 0],
      [0, 3],
    ],
  ],
  [
    [
      [2, 1],
      [0, 0],
    ],
    [
      [1, 1],
      [3, 2],
    ],
  ],
];

describe('a normal-form game of two players', () => {
  test('has the payoffs, the span and the sum of the bimatrix game, and is solved alike', () =>
    fc.assert(
      fc.asyncProperty(
        gameAndPolicies.filter(({ size }) => size.length === 2),
        async ({ size, payoffs }) => {
          const tensors = normalFormOf(tensorsOf(payoffs), size);
          const matrices = gameOfPayoffs(tensorsOf(payoffs), size);
          expect(matrices.kind).toBe('bimatrix');
          expect([tensors.sum, tensors.payoffSpan]).toEqual([matrices.sum, matrices.payoffSpan]);
          const answers = await Promise.all(
            [tensors, matrices].map(async (game) => {
              const backend = cpuBackend();
              const options = { seeds: ['1', '2'], temperature: 0.3 };
              const { runs } = await solve(backend, instance(game, options), mirrorDescent, {
                steps: 7,
                params: { stepSize: 0.2 },
              });
              return runs.map(({ answer }) => [answer.profile, answer.metrics['nash-conv']]);
            }),
          );
          expect(answers[0]).toEqual(answers[1]);
        },
      ),
      { numRuns: 30 },
    ));

  test('is recognised as constant-sum where it is', () => {
    const game = gameOfPayoffs(
      tensorsOf([
        [1, -1, 0.25],
        [2, 4, 2.75],
      ]),
      [1, 3],
    );
    expect([game.kind, game.sum]).toEqual(['bimatrix', 'constant']);
  });
});

describe('what kind of game it is', () => {
  test('constant-sum within 1e-12 of the largest payoff, and no further', () => {
    const shared = [0.1, 0.7, 0.3, 0.9];
    const sums = (error: number) =>
      normalFormOf(
        tensorsOf([shared, shared.map((v) => 2 * v), shared.map((v, k) => 5 - 3 * v + (k === 2 ? error : 0))]),
        [1, 2, 2],
      ).sum;
    expect(sums(0)).toBe('constant');
    expect(sums(1e-12)).toBe('constant');
    expect(sums(1e-10)).toBe('general');
  });

  test('the span is the largest of any player, and every player has a role', () => {
    const game = normalFormGame(cube);
    expect(game.payoffSpan).toBe(3);
    expect(game.roleOf).toEqual([0, 1, 2]);
    expect(game.actions).toEqual([2, 2, 2]);
  });

  test('players of a symmetric game share a policy only when asked', async () => {
    // u_i = own action times the number of others who play 1.
    const others = (joint: readonly number[], own: number) => joint.reduce((sum, a) => sum + a, 0) - joint[own];
    const tensors = tensorsOf(
      [0, 1, 2].map((own) =>
        Array.from({ length: 8 }, (_, k) => actionsAt(k, [2, 2, 2])).map((joint) => joint[own] * others(joint, own)),
      ),
    );
    expect(normalFormOf(tensors, [2, 2, 2]).roleOf).toEqual([0, 1, 2]);
    const shared = normalFormOf(tensors, [2, 2, 2], { symmetric: true });
    expect([shared.roleOf, shared.actions]).toEqual([[0, 0, 0], [2]]);
    const [alone, apart] = await Promise.all(
      [shared, normalFormOf(tensors, [2, 2, 2])].map(async (game) => {
        const start = game.actions.map(() => [0.3, 0.7]);
        const { runs } = await solve(cpuBackend(), instance(game, { start }), hedge, {
          steps: 5,
          params: { stepSize: 0.1 },
        });
        return runs[0].answer;
      }),
    );
    for (const policy of apart.profile)
      policy.forEach((p, k) => {
        expect(p).toBeCloseTo(alone.profile[0][k], 14);
      });
    expect(alone.metrics['nash-conv']).toBeCloseTo(apart.metrics['nash-conv'] as number, 13);
    expect(gameDocument(readGameDocument(gameDocument(shared), 'x'))).toEqual(gameDocument(shared));
    const { message } = await thrown(() => normalFormGame(cube, { symmetric: true }));
    expect(message).toMatch(/not symmetric.*payoffs\[\d\]\[\d\]\[\d\]\[\d\]/s);
  });
});

describe('a document of kind normal-form', () => {
  const read = (more: object) =>
    readGameDocument({ kind: 'normal-form', players: 3, actions: [2, 2, 2], payoffs: cube, ...more }, 'cube');

  test('round-trips, texts as written', () => {
    const exact = cube.map((tensor, k) =>
      k === 0
        ? [
            [
              ['1/3', '0.10'],
              [0, '-2'],
            ],
            [
              [1, 1],
              [1, 1],
            ],
          ]
        : tensor,
    );
    const labels = [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ];
    const document = gameDocument(read({ payoffs: exact, labels, description: 'three of them' }));
    expect(document.payoffs?.[0]).toEqual([
      [
        ['1/3', '0.10'],
        ['0', '-2'],
      ],
      [
        ['1', '1'],
        ['1', '1'],
      ],
    ]);
    expect(document.payoffs?.slice(1)).toEqual(cube.slice(1));
    expect(document).toMatchObject({
      players: 3,
      actions: [2, 2, 2],
      labels,
      description: 'three of them',
      name: 'cube',
    });
    expect(gameDocument(readGameDocument(document, 'other'))).toEqual(document);
  });

  test('of two players is a bimatrix game with exact entries', () => {
    const payoffs = [[['1/3', 0, 1]], [[1, 2, '1/7']]];
    const two = readGameDocument({ kind: 'normal-form', players: 2, actions: [1, 3], payoffs }, 'two');
    expect(two).toMatchObject({ kind: 'bimatrix', entries: [[['1/3', '0', '1']], [['1'], ['2'], ['1/7']]] });
    const rows = [[1 / 3, 0, 1]];
    expect(two).toMatchObject({ matrices: bimatrixGame(rows, [[1, 2, 1 / 7]]).matrices });
  });

  test.each([
    ['one player', { players: 1, actions: [2], payoffs: [[1, 2]] }, '1 player, at players; expected at least 2'],
    ['too few players in actions', { actions: [2, 2] }, '2 numbers'],
    ['too few tensors', { payoffs: cube.slice(1) }, 'payoffs of 2 players'],
    ['a list of another length', { payoffs: [cube[0], cube[1], [[[1, 2], [3]], cube[2][1]]] }, 'payoffs[2][0][1]'],
    ['a tensor of another shape', { actions: [2, 2, 3] }, 'payoffs[0][0][0]'],
    [
      'a level too many',
      {
        payoffs: [
          [
            [
              [[1], 2],
              [3, 4],
            ],
            cube[0][1],
          ],
          cube[1],
          cube[2],
        ],
      },
      'payoffs[0][0][0][0]',
    ],
    [
      'no number',
      {
        payoffs: [
          cube[0],
          [
            cube[1][0],
            [
              [1, 2],
              [3, '1/0'],
            ],
          ],
          cube[2],
        ],
      },
      'payoffs[1][1][1][1]',
    ],
    [
      'labels of too few players',
      {
        labels: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      },
      '2 lists of labels',
    ],
    ['an unknown field', { matrix: [[1]] }, 'matrix'],
  ])('refuses %s, and names it', async (_, more, part) => {
    const error = await thrown(() => read(more));
    expect(error.code).toBe('bad-game');
    expect(error.message).toContain(part);
  });
});
