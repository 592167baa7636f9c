import { describe, expect, test } from 'vitest';
import { catalogueGame } from '../../../games/catalogue.ts';
import { readGameDocument } from '../../../games/read-json.ts';
import { gameDocument } from '../../../games/write-json.ts';
import { thrown } from '../thrown.ts';
import { payoffsOfSeats } from './brute-force.ts';

const half = [
  [0.5, 0.25],
  [0.75, 0.5],
];

const documents = {
  'polymatrix-preference': {
    kind: 'polymatrix-preference',
    players: 3,
    labels: ['a', 'b'],
    matrix: [
      ['1/2', '1/3'],
      ['2/3', '1/2'],
    ],
  },
  'players of their own': { kind: 'polymatrix-preference', players: 4, roles: 'own', matrix: half },
  heterogeneous: { kind: 'heterogeneous', matrices: [half, half, [half[0].toReversed(), [0.5, 0.5]]].slice(0, 2) },
  polymatrix: {
    kind: 'polymatrix',
    players: 3,
    labels: [['up', 'down'], ['left', 'right'], ['only']],
    edges: [
      {
        players: [0, 1],
        payoffs: [
          [
            ['1/3', 0],
            [0, 1],
          ],
          [
            [1, 0],
            [0, 2],
          ],
        ],
      },
      { players: [2, 1], payoffs: [[[1, -1]], [[0, 0.5]]] },
    ],
  },
  'plackett-luce': { kind: 'plackett-luce', players: 5, scores: [0.1, -2, 1 / 3] },
  'plackett-luce of their own': { kind: 'plackett-luce', players: 3, roles: 'own', labels: ['x', 'y'], scores: [0, 1] },
  annotators: {
    kind: 'annotators',
    groups: ['u', 'v'],
    weights: [2, 1],
    matrices: [
      half,
      [
        ['1/2', 1],
        [0, '1/2'],
      ],
    ],
  },
} as const;

describe('documents of n players', () => {
  test.each(Object.entries(documents))('%s: written and read again it is the same game, bit for bit', (name, given) => {
    const game = readGameDocument(given, name);
    const document = gameDocument(game);
    expect(document.kind).toBe(given.kind);
    if ('roles' in given) expect(game.roleOf).toEqual(Array.from({ length: given.players }, (_, seat) => seat));
    const text = JSON.stringify(document);
    const again = readGameDocument(JSON.parse(text), 'another name');
    expect(JSON.stringify(gameDocument(again))).toBe(text);
    expect(again.name).toBe(name);
    expect(again.roleOf).toEqual(game.roleOf);
    expect(again.labels).toEqual(game.labels);
    expect(again.payoffSpan).toBe(game.payoffSpan);
    const policies = game.roleOf.map((role) =>
      Array.from(
        { length: game.actions[role] },
        (_, a) => (2 * (a + 1)) / (game.actions[role] * (game.actions[role] + 1)),
      ),
    );
    expect(payoffsOfSeats(again, policies)).toEqual(payoffsOfSeats(game, policies));
  });

  test('fractions and weights stay as they were written', () => {
    expect(gameDocument(readGameDocument(documents['polymatrix-preference'], 'g')).matrix).toEqual(
      documents['polymatrix-preference'].matrix,
    );
    const { edges } = gameDocument(readGameDocument(documents.polymatrix, 'g'));
    expect(edges?.[0].payoffs[0][0][0]).toBe('1/3');
    expect(gameDocument(readGameDocument(documents.annotators, 'g')).matrices?.[1][0][0]).toBe('1/2');
  });

  test('catalogue games of a text come back from their document', () => {
    for (const text of [
      'plackett-luce:4,3',
      'polymatrix-preference:3,3',
      'heterogeneous:3,2',
      'polymatrix:4,2',
      'annotators:3,2',
    ]) {
      const game = catalogueGame(text);
      const document = gameDocument(game);
      expect(gameDocument(readGameDocument(JSON.parse(JSON.stringify(document)), 'x'))).toEqual(document);
    }
  });

  test.each([
    [
      'one player',
      { kind: 'plackett-luce', players: 1, scores: [0] },
      /1 player, at players; expected a whole number of at least 2/,
    ],
    ['a score that is no number', { kind: 'plackett-luce', players: 3, scores: [0, 'x'] }, /"x", at scores\[1\]/],
    ['unknown roles', { kind: 'plackett-luce', players: 3, roles: 'each', scores: [0] }, /at roles/],
    [
      'a matrix that is none of preferences',
      {
        kind: 'polymatrix-preference',
        players: 3,
        matrix: [
          [0.5, 0.7],
          [0.7, 0.5],
        ],
      },
      /P\[0\]\[1\] \+ P\[1\]\[0\] = 1\.4.*matrix\[0\]\[1\]/,
    ],
    [
      'one judge of another size',
      { kind: 'heterogeneous', matrices: [half, [[0.5]]] },
      /1 actions, at matrices\[1\]; expected a preference matrix of 2 actions/,
    ],
    [
      'a judge with a wrong entry',
      {
        kind: 'heterogeneous',
        matrices: [
          half,
          [
            [0.5, 2],
            [-1, 0.5],
          ],
        ],
      },
      /preference 2, at matrices\[1\]: matrix\[0\]\[1\]/,
    ],
    [
      'fewer judges than players',
      { kind: 'heterogeneous', players: 3, matrices: [half, half] },
      /2 matrices, at matrices; expected 3/,
    ],
    [
      'a population of weight 0',
      { kind: 'annotators', weights: [0, 0], matrices: [half, half] },
      /population of weight 0, at weights/,
    ],
    [
      'a weight below 0',
      { kind: 'annotators', weights: [2, -1], matrices: [half, half] },
      /weight -1, at weights\[1\]/,
    ],
    ['a weight too few', { kind: 'annotators', weights: [1], matrices: [half, half] }, /1 weight for 2 matrices/],
    [
      'two groups of one name',
      { kind: 'annotators', groups: ['g', 'g'], weights: [1, 1], matrices: [half, half] },
      /names g, g, at groups/,
    ],
    [
      'a player beyond the last',
      { kind: 'polymatrix', players: 2, edges: [{ players: [0, 2], payoffs: [[[1]], [[1]]] }] },
      /player 2, at edges\[0\]\.players; expected two different players in 0 … 1/,
    ],
    [
      'an edge twice',
      {
        kind: 'polymatrix',
        players: 2,
        edges: [
          { players: [0, 1], payoffs: [[[1]], [[1]]] },
          { players: [1, 0], payoffs: [[[1]], [[1]]] },
        ],
      },
      /players 1 and 0 twice, at edges\[1\]\.players/,
    ],
    [
      'a player without an edge',
      { kind: 'polymatrix', players: 3, edges: [{ players: [0, 1], payoffs: [[[1]], [[1]]] }] },
      /player 2 stands on no edge/,
    ],
    [
      'edges of different sizes',
      {
        kind: 'polymatrix',
        players: 3,
        edges: [
          { players: [0, 1], payoffs: [[[1, 2]], [[1, 2]]] },
          { players: [1, 2], payoffs: [[[1]], [[1]]] },
        ],
      },
      /player 1 has 2 actions towards player 0 and 1 towards player 2/,
    ],
    [
      'an edge with a wrong entry',
      { kind: 'polymatrix', players: 2, edges: [{ players: [0, 1], payoffs: [[[1]], [['x']]] }] },
      /"x", at edges\[0\]\.payoffs\[1\]\[0\]\[0\]/,
    ],
  ])('with %s are refused', async (_, document, message) => {
    const error = await thrown(() => readGameDocument(document, 'g'));
    expect(error.code).toBe('bad-game');
    expect(error.message).toMatch(message);
  });
});
