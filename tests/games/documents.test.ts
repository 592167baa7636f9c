import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bimatrixGame } from '../../games/bimatrix.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { parseJson } from '../../games/json-text.ts';
import { preferenceGame } from '../../games/preference.ts';
import { readGameDocument, readJsonGame } from '../../games/read-json.ts';
import { gameDocument } from '../../games/write-json.ts';
import { zeroSumGame } from '../../games/zero-sum.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { withMatrix } from '../with-matrix.ts';
import { preferenceRows } from './matrices.ts';
import { thrown } from './thrown.ts';

function data({ place: _place, ...rest }: MatrixGame) {
  return rest;
}

function readMatrix(...given: Parameters<typeof readGameDocument>): MatrixGame {
  return withMatrix(readGameDocument(...given));
}

function roundTrip(game: MatrixGame): MatrixGame {
  return readMatrix(JSON.parse(JSON.stringify(gameDocument(game))), 'other');
}

function spans(rows: readonly (readonly number[])[]): boolean {
  const span = Math.max(...rows.flat()) - Math.min(...rows.flat());
  return span === 0 || (Number.isFinite(span) && Number.isFinite(1 / span));
}

const entries = fc
  .array(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 3, maxLength: 3 }), {
    minLength: 2,
    maxLength: 4,
  })
  .filter(spans);

describe('game documents', () => {
  test('give the same game back bit for bit, through JSON text', () => {
    fc.assert(
      fc.property(preferenceRows, (rows) => {
        expect(data(roundTrip(preferenceGame(rows)))).toEqual(data(preferenceGame(rows)));
      }),
    );
    fc.assert(
      fc.property(entries, (rows) => {
        expect(data(roundTrip(zeroSumGame(rows)))).toEqual(data(zeroSumGame(rows)));
      }),
    );
    fc.assert(
      fc.property(entries, entries, (a, b) => {
        const height = Math.min(a.length, b.length);
        fc.pre(spans(a.slice(0, height)) && spans(b.slice(0, height)));
        const game = bimatrixGame(a.slice(0, height), b.slice(0, height), {
          labels: [a.slice(0, height).map((_, k) => `r${k}`), ['x', 'y', 'z']],
        });
        expect(data(roundTrip(game))).toEqual(data(game));
      }),
    );
  });

  test.each(['movies:genre=Musical', 'cars', 'random:9,4', 'blotto:4,3'])(
    'give %s back with entries, labels and description',
    (text) => {
      const game = withMatrix(catalogueGame(text));
      expect(data(roundTrip(game))).toEqual(data(game));
    },
  );

  test('keep the entries as written, in the shape of the matrices', () => {
    const game = readMatrix({ kind: 'bimatrix', payoffs: [[['1/3', 1, '0.10']], [[2, '-1/7', 0]]] }, 'g');
    expect(game.entries).toEqual([[['1/3', '1', '0.10']], [['2'], ['-1/7'], ['0']]]);
    expect(Array.from(game.matrices[0].values)).toEqual([1 / 3, 1, 0.1]);
    expect(data(roundTrip(game))).toEqual(data(game));
    const zeroSum = readMatrix({ kind: 'zero-sum', matrix: [['1/3', 0, '-2']] }, 'g');
    expect(zeroSum.entries).toEqual([[['1/3', '0', '-2']], [['-1/3'], ['0'], ['2']]]);
    expect(readMatrix({ kind: 'zero-sum', matrix: [[1, 2]] }, 'g').entries).toBeUndefined();
  });

  test.each([
    ['an unknown field', { kind: 'preference', matrix: [[0.5]], temperature: 1 }, 'bad-game', /temperature/],
    ['a wrong schema', { schema: 'nashlab-game/2', kind: 'preference', matrix: [[0.5]] }, 'bad-game', /schema/],
    ['no kind', { matrix: [[0.5]] }, 'bad-game', /kind/],
    ['an unknown kind', { kind: 'preferences', matrix: [[0.5]] }, 'unknown-name', /nearest: preference/],
    [
      'a kind of a later version',
      { kind: 'expression', actions: 5 },
      'not-applicable',
      /not in this version yet.*preference, zero-sum, bimatrix/,
    ],
    [
      'P + Pᵀ ≠ 1',
      {
        kind: 'preference',
        matrix: [
          [0.5, 0.7],
          [0.7, 0.5],
        ],
      },
      'bad-game',
      /P\[0\]\[1\] \+ P\[1\]\[0\] = 1\.4.*matrix\[0\]\[1\] and matrix\[1\]\[0\]/,
    ],
    [
      'a probability above 1',
      {
        kind: 'preference',
        matrix: [
          [0.5, 1.5],
          [-0.5, 0.5],
        ],
      },
      'bad-game',
      /preference 1\.5, at matrix\[0\]\[1\]/,
    ],
    [
      'percentages',
      {
        kind: 'preference',
        matrix: [
          [50, 70],
          [30, 50],
        ],
      },
      'bad-game',
      /matrix\[0\]\[0\].*percentages: divide by 100/,
    ],
    [
      'margins',
      {
        kind: 'preference',
        matrix: [
          [0, 0.4],
          [-0.4, 0],
        ],
      },
      'bad-game',
      /margins.*\(1 \+ M\)\/2/,
    ],
    ['a number that is no number', { kind: 'zero-sum', matrix: [[1, 'x']] }, 'bad-game', /"x".*matrix\[0\]\[1\]/],
    ['a fraction over zero', { kind: 'zero-sum', matrix: [['1/0']] }, 'bad-game', /"1\/0"/],
    ['null', { kind: 'zero-sum', matrix: [[null]] }, 'bad-game', /null.*matrix\[0\]\[0\]/],
    ['NaN', { kind: 'zero-sum', matrix: [[Number.NaN]] }, 'bad-game', /NaN.*matrix\[0\]\[0\]/],
    ['ragged rows', { kind: 'zero-sum', matrix: [[1, 2], [1]] }, 'bad-game', /matrix\[1\]/],
    ['an empty matrix', { kind: 'zero-sum', matrix: [] }, 'bad-game', /empty/],
    [
      'a label twice',
      {
        kind: 'preference',
        labels: ['a', 'a'],
        matrix: [
          [0.5, 0.5],
          [0.5, 0.5],
        ],
      },
      'bad-game',
      /label "a" twice, at labels of role 0/,
    ],
    [
      'a label of the column player twice',
      { kind: 'zero-sum', labels: [['a'], ['b', 'b']], matrix: [[0, 1]] },
      'bad-game',
      /label "b" twice, at labels of role 1/,
    ],
    [
      'a span beyond all numbers',
      { kind: 'zero-sum', matrix: [[1e308, -1e308]] },
      'bad-game',
      /span more than.*rescale/,
    ],
    ['a span without an inverse', { kind: 'zero-sum', matrix: [[1e-310, 0]] }, 'bad-game', /span 1e-310.*rescale/],
    ['too few labels', { kind: 'preference', labels: ['a', 'b'], matrix: [[0.5]] }, 'bad-game', /labels/],
    ['an array', [[0.5]], 'bad-game', /kind/],
  ])('with %s are refused', async (_what, document, code, message) => {
    const error = await thrown(() => readGameDocument(document, 'g'));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  test('with payoffs of span 0 are games, however small or large they are', () => {
    for (const payoff of [0, 1e-310, 1e308])
      expect(readGameDocument({ kind: 'zero-sum', matrix: [[payoff, payoff]] }, 'g').payoffSpan).toBe(0);
  });

  test.each([
    [
      'percentages',
      [
        [50, 71],
        [30, 50],
      ],
      /percentages: divide by 100/,
    ],
    [
      'counts',
      [
        [0, 14],
        [6, 0],
      ],
      /counts: divide wins by comparisons/,
    ],
    [
      'counts',
      [
        [0, 140],
        [600, 0],
      ],
      /counts: divide wins by comparisons/,
    ],
    [
      'margins',
      [
        [0, -1],
        [1, 0],
      ],
      /margins/,
    ],
    [
      'payoffs',
      [
        [0, -3],
        [3, 0],
      ],
      /a payoff matrix\? give it as JSON with kind "zero-sum"/,
    ],
    [
      'payoffs',
      [
        [1.5, 2],
        [3, 0],
      ],
      /a payoff matrix\?/,
    ],
    [
      'payoffs',
      [
        [-20, 80],
        [20, -50],
      ],
      /a payoff matrix\?/,
    ],
    [
      'neither',
      [
        [0, 1],
        [0, 0],
      ],
      /the diagonal is 0/,
    ],
  ])('of preferences that look like %s say so: %j', async (_what, matrix, message) => {
    const error = await thrown(() => readGameDocument({ kind: 'preference', matrix }, 'g'));
    expect([error.code, error.message]).toEqual(['bad-game', expect.stringMatching(message)]);
  });

  test('name the file and the entry when they come from one', async () => {
    const error = await thrown(() => readJsonGame('{"kind": "preference", "matrix": [[0.4]]}', 'g.json', 'g'));
    expect(error.parts.where).toBe('g.json: matrix[0][0]');
  });
});

describe('JSON text', () => {
  test.each([
    ['{"kind": "zero-sum",\n "matrix": [[1, NaN]]}', 'g.json:2:17', /"NaN".*no NaN/],
    ['{"matrix": [[1,\n-Infinity]]}', 'g.json:2:1', /"-Infinity".*no NaN and no Infinity/],
    ['[1, 2,]', 'g.json:1:7', /"\]"/],
    ["{'kind': 1}", 'g.json:1:2', /"'"/],
    ['{"a": 1\n', 'g.json:2:1', /ends too early/],
    ['{"a": 1} x', 'g.json:1:10', /"x"/],
    ['[1.]', 'g.json:1:2', /"1\."/],
    ['"\\u12"', 'g.json:1:1', /unexpected/],
    ['', 'g.json', /empty file/],
  ])('%j is refused at %s', async (text, where, message) => {
    const error = await thrown(() => parseJson(text, 'g.json'));
    expect([error.code, error.parts.where]).toEqual(['bad-file', where]);
    expect(error.message).toMatch(message);
  });

  test('any JSON text is read, and any text cut short is refused with a place inside it', async () => {
    const objects = fc.json().filter((text) => /^[[{]/.test(text));
    await fc.assert(
      fc.asyncProperty(objects, fc.nat(), async (text, cut) => {
        expect(parseJson(text, 'g')).toEqual(JSON.parse(text));
        const short = text.slice(0, cut % text.length);
        const error = await thrown(() => parseJson(short, 'g'));
        expect(error.code).toBe('bad-file');
        if (short !== '')
          expect(Number(/^g:1:(\d+)$/.exec(error.parts.where ?? '')?.[1])).toBeLessThanOrEqual(short.length + 1);
      }),
    );
  });

  test('a byte order mark is no error', () => {
    expect(parseJson('\uFEFF{"a": 1}', 'g')).toEqual({ a: 1 });
  });
});
