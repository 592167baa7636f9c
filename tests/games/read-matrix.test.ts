import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { preferenceGame } from '../../games/preference.ts';
import { readMatrixGame } from '../../games/read-matrix.ts';
import { rowsOf } from '../../games/rows.ts';
import { preferenceRows } from './matrices.ts';
import { thrown } from './thrown.ts';

const read = (text: string, delimiter?: string) => readMatrixGame(text, 'm.csv', 'm', delimiter);

describe('a CSV matrix', () => {
  test('is the same game with or without header, label column, spaces, empty lines and a byte order mark', () => {
    const plain = read('0.5,1,0\n0,0.5,1\n1,0,0.5\n');
    expect(plain.kind).toBe('preference');
    expect(plain.labels).toEqual([['1', '2', '3']]);
    for (const text of [
      'a,b,c\n0.5,1,0\n0,0.5,1\n1,0,0.5',
      'a,0.5,1,0\nb,0,0.5,1\nc,1,0,0.5',
      ',a,b,c\na,0.5,1,0\nb,0,0.5,1\nc,1,0,0.5',
      'corner,a,b,c\r\na,0.5,1,0\r\nb,0,0.5,1\r\n\r\nc, 1, 0, 0.5',
      '\uFEFFa,b,c\n0.5,1,0\n0,1/2,1\n1,0,.5',
    ]) {
      expect(read(text).matrices).toEqual(plain.matrices);
      expect(read(text).labels).toEqual([['a', 'b', 'c']]);
    }
  });

  test('may have numbers for labels, where the corner cell is empty', () => {
    const game = read(',7,8\n7,0.5,0.6\n8,0.4,0.5');
    expect([game.kind, game.labels]).toEqual(['preference', [['7', '8']]]);
  });

  const body = [
    [0.5, 0.7, 0.2],
    [0.3, 0.5, 0.9],
    [0.8, 0.1, 0.5],
  ];
  const rows = body.map((row) => row.join(','));
  const numbers = (start: number) => [start, start + 1, start + 2];
  const header = (start: number) => `${numbers(start)}`;
  const index = (start: number) => numbers(start).map((label, k) => `${label},${rows[k]}`);

  test.each([
    ['a header from 0', [header(0), ...rows], numbers(0), 'the first row (0, 1, 2) is read as labels'],
    ['a header from 1', [header(1), ...rows], numbers(1), 'the first row (1, 2, 3) is read as labels'],
    ['an index from 0', index(0), numbers(0), 'the first column (0, 1, 2) is read as labels'],
    ['an index from 1', index(1), numbers(1), 'the first column (1, 2, 3) is read as labels'],
    ['both under a name', [`id,${header(0)}`, ...index(0)], numbers(0), /first row .* and the first column .* labels/],
    ['both under a number', [`0,${header(1)}`, ...index(1)], numbers(1), /first row .* and the first column .* labels/],
    ['both from unlike numbers', [`,${header(0)}`, ...index(1)], numbers(0), undefined],
    ['an index under names', [',a,b,c', ...index(0)], ['a', 'b', 'c'], undefined],
    [
      'a named index under names',
      ['id,a,b,c', ...index(0)],
      ['a', 'b', 'c'],
      'the first column (0, 1, 2) is read as labels',
    ],
    [
      'a header over names',
      [`,${header(0)}`, ...['a', 'b', 'c'].map((name, k) => `${name},${rows[k]}`)],
      ['a', 'b', 'c'],
      undefined,
    ],
  ])('whose labels are numbers 0 … n−1 or 1 … n: %s', (_what, lines, labels, told) => {
    const reported: string[] = [];
    const game = readMatrixGame(lines.join('\n'), 'm.csv', 'm', ',', (line) => reported.push(line));
    expect([game.kind, game.labels]).toEqual(['preference', [labels.map(String)]]);
    expect(rowsOf(game.matrices[0])).toEqual(body);
    if (told === undefined) expect(reported).toEqual([]);
    else expect(reported).toEqual([typeof told === 'string' ? `m.csv: ${told}` : expect.stringMatching(told)]);
  });

  test.each([
    ['0,1,2\n3,4,5', [2, 3]],
    ['0,2\n0.5,0.7\n0.3,0.5', [3, 2]],
    ['2,3\n0.5,0.7\n0.3,0.5', [3, 2]],
    ['1\n5', [2, 1]],
    ['1,5', [1, 2]],
    ['0,1,5,6\n1,2,5,6', [2, 4]],
  ])('%j has no numbers for labels', (text, shape) => {
    const game = read(text);
    expect([game.kind, game.actions]).toEqual(['zero-sum', shape]);
  });

  test('says which numbers it took for labels when the rest is no preference matrix', async () => {
    const error = await thrown(() => read('1,2\n3,4\n5,6'));
    expect(error.message).toMatch(/m\.csv:2 .*the first row \(1, 2\) is read as labels.*JSON of kind "zero-sum"/);
  });

  test('of any preference matrix is read back bit for bit', () => {
    fc.assert(
      fc.property(preferenceRows, (rows) => {
        const text = rows.map((row) => row.join(',')).join('\n');
        expect(read(text).matrices).toEqual(preferenceGame(rows).matrices);
      }),
    );
  });

  test('that is rectangular is the row player of a zero-sum game, with both lists of labels', () => {
    const game = read('\tx\ty\tz\nup\t1\t-2\t3e1\ndown\t0\t1/4\t-.5', '\t');
    expect([game.kind, game.labels]).toEqual([
      'zero-sum',
      [
        ['up', 'down'],
        ['x', 'y', 'z'],
      ],
    ]);
    expect(rowsOf(game.matrices[0])).toEqual([
      [1, -2, 30],
      [0, 0.25, -0.5],
    ]);
    expect(game.entries?.[1][2]).toEqual(['-30', '0.5']);
  });

  test.each([
    ['ragged rows', '0.5,1\n0\n', 'bad-file', /m\.csv:2;/],
    ['an empty file', ' \n', 'bad-file', /empty file, at m\.csv/],
    ['a header only', 'a,b\n', 'bad-file', /header without rows/],
    ['a cell that is no number', 'a,b\n0.5,0.6\n0.x,0.5', 'bad-file', /"0\.x".*m\.csv:3, column 1/],
    ['NaN in the first row', '0.5,NaN\n0.4,0.5', 'bad-file', /"NaN" is not a finite number, at m\.csv:1, column 2/],
    ['Infinity', '0.5,0.6\n-Infinity,0.5', 'bad-file', /"-Infinity".*m\.csv:2, column 1/],
    ['a number too large', '0.5,1e999\n0.4,0.5', 'bad-file', /"1e999".*m\.csv:1, column 2/],
    ['an empty cell', '0.5,\n0.4,0.5', 'bad-file', /an empty cell, at m\.csv:1, column 2/],
    ['a header cell without a label', 'a,\n0.5,0.6\n0.4,0.5', 'bad-file', /m\.csv:1, column 1/],
    ['an empty first cell', ',0.6\n0.4,0.5', 'bad-file', /an empty cell, at m\.csv:1, column 1/],
    ['percent signs', '50%,60%\n40%,50%', 'bad-file', /50%/],
    ['percentages', 'a,b\n50,60\n40,50', 'bad-game', /m\.csv:2 \(matrix\[0\]\[0\]\).*divide by 100/],
    ['P + Pᵀ ≠ 1', 'a,b\n0.5,0.6\n0.5,0.5', 'bad-game', /= 1\.1, at m\.csv:2.*zero-sum/],
    ['a square payoff matrix', '0,-1\n1,0', 'bad-game', /JSON of kind "zero-sum"/],
    [
      'rows in another order than the header',
      ',a,b\nb,0.5,0.6\na,0.4,0.5',
      'bad-game',
      /row label "b" under the header "a".*m\.csv:2|row label "b" under the header "a"/,
    ],
    ['a label twice', 'a,a\n0.5,0.6\n0.4,0.5', 'bad-game', /label "a" twice, at m\.csv \(labels of role 0\)/],
    ['a broken quote', 'a,"b\n0.5,1\n', 'bad-file', /m\.csv/],
  ])('with %s is refused with file and line', async (_what, text, code, message) => {
    const error = await thrown(() => read(text));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});
