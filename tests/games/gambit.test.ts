import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogueGame } from '../../games/catalogue.ts';
import { readGam } from '../../games/gambit/read-gam.ts';
import { readNfg } from '../../games/gambit/read-nfg.ts';
import { gameText, gamText, nfgText } from '../../games/gambit/write-game.ts';
import { openGame } from '../../games/open-game.ts';
import type { AnyGame } from '../../games/operators/operator-game.ts';
import { isNormalForm } from '../../games/players/normal-form.ts';
import { jointActions } from '../../games/players/payoff-tensor.ts';
import { gameOfPayoffs } from '../../games/players/read-document.ts';
import { gameDocument } from '../../games/write-json.ts';
import { temporaryFolder } from './files.ts';
import { thrown } from './thrown.ts';

const { folder, write } = temporaryFolder();

/** The format description of Gambit: a payoff version with labels, comment and commas left out. */
const payoffVersion = `NFG 1 R "Selten (IJGT, 75), Figure 2, normal form" { "Player 1" "Player 2" } { 3 2 }

1 1 0 2 0 2 1 1 0 3 2 0`;

const outcomeVersion = `NFG 1 R "by \\"outcome\\"" { "A" "B" "C" }
{ { "1" "2" } { "l" "m" "r" } { "x" } }
"a comment
over two lines"
{ { "" 1/3, 2, -3 } { "won" .5 1e1 +7
} }
1 2 0 2 1 0`;

describe('reading .nfg', () => {
  test('player 1 runs fastest', () => {
    const game = readNfg(payoffVersion, 'selten.nfg', 'selten.nfg');
    expect(gameDocument(game)).toMatchObject({
      name: 'Selten (IJGT, 75), Figure 2, normal form',
      kind: 'bimatrix',
      payoffs: [
        [
          [1, 1],
          [0, 0],
          [0, 2],
        ],
        [
          [1, 1],
          [2, 3],
          [2, 0],
        ],
      ],
    });
  });

  test('outcomes, of which 0 is none; fractions, decimals, comments, titles, and quotes in texts', () => {
    const game = readNfg(outcomeVersion, 'three.nfg', 'three.nfg');
    if (!isNormalForm(game)) throw new Error(game.kind);
    expect(game.name).toBe('by "outcome"');
    expect(game.description).toBe('a comment\nover two lines');
    expect(game.labels).toEqual([['1', '2'], ['l', 'm', 'r'], ['x']]);
    expect(gameDocument(game).payoffs).toEqual([
      [
        [['1/3'], ['0'], ['1/3']],
        [['.5'], ['.5'], ['0']],
      ],
      [
        [[2], [0], [2]],
        [[10], [10], [0]],
      ],
      [
        [[-3], [0], [-3]],
        [[7], [7], [0]],
      ],
    ]);
  });

  test('names the actions that have no label of their own', () => {
    const text = 'NFG 1 D "" { "" "" } { { "a" "a" "a_1" } { "" "" } } 1 2 3 4 5 6 7 8 9 10 11 12';
    const game = readNfg(text, 'same.nfg', 'same.nfg');
    expect(game.name).toBe('same.nfg');
    expect(game.labels).toEqual([
      ['a_2', 'a_3', 'a_1'],
      ['_1', '_2'],
    ]);
  });

  test.each([
    [
      'a missing payoff at the end of one line',
      'NFG 1 R "" { "a" "b" } { 2 2 }\n1 2 3 4 5 6 7\n',
      'g.nfg:2',
      'player 2 where the players choose "2", "2" is missing: 7 of 8 payoffs',
    ],
    [
      'a missing payoff on a line among others',
      'NFG 1 R "" { "a" "b" } { 2 2 }\n1 2\n3\n5 6\n7 8\n',
      'g.nfg:3',
      'a line of 1 payoff for 2 players: 7 of 8 payoffs are there',
    ],
    [
      'a payoff that is no number',
      'NFG 1 R "" { "a" "b" } { 2 2 }\n1 2\n3 x\n5 6\n7 8',
      'g.nfg:3',
      '"x", at g.nfg:3; expected the payoff of player 2 where the players choose "2", "1"',
    ],
    ['payoffs left over', 'NFG 1 R "" { "a" "b" } { 1 2 }\n1 2\n3 4\n5', 'g.nfg:4', 'the end of the file'],
    [
      'a word after a comment of several lines',
      'NFG 1 R "" { "a" "b" } { 1 2 }\n"three\nlines\nlong" 1 2 3 four',
      'g.nfg:4',
      '"four"',
    ],
    ['another version', 'NFG 2 R "" { "a" "b" } { 1 2 }\n1 2 3 4', 'g.nfg:1', 'version 1'],
    ['an extensive game', 'EFG 2 R "" { "a" "b" }', 'g.nfg:1', '"EFG"'],
    ['one player', 'NFG 1 R "alone"\n{ "a" }\n{ 2 }\n1 2', 'g.nfg:2', 'a game of 1 player'],
    ['an outcome that is not there', 'NFG 1 R "" { "a" "b" } { 1 2 } { { "" 1 2 } }\n1\n2', 'g.nfg:3', '"2"'],
    ['a missing outcome', 'NFG 1 R "" { "a" "b" } { 1 2 } { { "" 1 2 } }\n1\n\n', 'g.nfg:2', '1 of 2 outcomes'],
    [
      'an outcome of too few payoffs',
      'NFG 1 R "" { "a" "b" } { 1 2 }\n{\n{ "" 1 }\n}\n1 1',
      'g.nfg:3',
      'player 2 in outcome 1',
    ],
    ['an open quote', 'NFG 1 R "" {\n"a" "b } { 1 2 }', 'g.nfg:2', 'closing quote'],
    ['more actions than numbers', 'NFG 1 R "" { "a" "b" }\n{ 4000000000 2 } 1 2', 'g.nfg:2', '4000000000'],
    ['actions of too few players', 'NFG 1 R "" { "a" "b" "c" } { 1 2 }\n1 1', 'g.nfg:1', 'each of the 3 players'],
    ['no actions', 'NFG 1 R "" { "a" "b" } { { } { "x" } }', 'g.nfg:1', 'at least one action'],
  ])('refuses %s with its line', async (_, text, where, part) => {
    const error = await thrown(() => readNfg(text, 'g.nfg', 'g'));
    expect(error.code).toBe('bad-file');
    expect(error.message).toContain(where);
    expect(error.message).toContain(part);
  });
});

describe('reading .gam', () => {
  test('the payoffs of one player after those of the other, player 1 fastest', () => {
    const game = readGam('2\n3 2\n\n1 0 0 1 0 2\n1 2 2 1 3 0', 'selten.gam', 'selten.gam');
    const same = readNfg(payoffVersion, 'selten.nfg', 'x');
    expect(gameDocument(game).payoffs).toEqual(gameDocument(same).payoffs);
  });

  test.each([
    ['too few payoffs', '2 2 2\n1 2 3\n4 5 6\n', 'g.gam:3', '6 payoffs, at g.gam:3; expected 8'],
    ['a word', '2 2 2\n1 2 3 4\n5 six 7 8', 'g.gam:3', '"six"'],
    ['payoffs left over', '2 1 1\n1\n2\n3', 'g.gam:4', 'the end of the file'],
    ['one player', '1 2\n1 2', 'g.gam:1', '1 player'],
    ['no actions', '2 0 2\n', 'g.gam:1', 'actions of player 1'],
  ])('refuses %s with its line', async (_, text, where, part) => {
    const error = await thrown(() => readGam(text, 'g.gam', 'g'));
    expect(error.code).toBe('bad-file');
    expect(error.message).toContain(where);
    expect(error.message).toContain(part);
  });
});

const label = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text.trim() === text);
const number = fc.oneof(
  fc.integer({ min: -9, max: 9 }).map(String),
  fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 9 })).map(([p, q]) => `${p}/${q}`),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map(String),
);
const anyGame = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 4 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    texts: fc.array(fc.array(number, { minLength: jointActions(size), maxLength: jointActions(size) }), {
      minLength: size.length,
      maxLength: size.length,
    }),
    labels: fc.tuple(...size.map((count) => fc.uniqueArray(label, { minLength: count, maxLength: count }))),
    comment: label,
  }),
);

function made({ size, texts, labels, comment }: typeof anyGame extends fc.Arbitrary<infer T> ? T : never): AnyGame {
  const payoffs = texts.map((list) => {
    const values = Float64Array.from(list, (text) => {
      const [p, q = '1'] = text.split('/');
      return Number(p) / Number(q) + 0;
    });
    return values.every(Number.isInteger) ? { values } : { values, texts: list };
  });
  return gameOfPayoffs(payoffs, size, { name: 'some game', labels, description: comment });
}

describe('writing', () => {
  test('.nfg holds any game with its texts and labels', () =>
    fc.assert(
      fc.property(anyGame, (given) => {
        const game = made(given);
        expect(gameDocument(readNfg(nfgText(game), 'x.nfg', 'x'))).toEqual(gameDocument(game));
      }),
      { numRuns: 300 },
    ));

  test('.gam holds the payoffs of any game', () =>
    fc.assert(
      fc.property(anyGame, (given) => {
        const game = made(given);
        const back = readGam(gamText(game), 'x.gam', 'x');
        const values = (of: AnyGame) =>
          'matrices' in of
            ? of.matrices.map((matrix) => matrix.values)
            : isNormalForm(of)
              ? of.payoffs.map((p) => p.values)
              : [];
        expect(values(back)).toEqual(values(game));
      }),
      { numRuns: 300 },
    ));

  test.each(['rps', 'blotto:3,3'])('%s is written as the bimatrix game of its two seats', (text) => {
    const game = catalogueGame(text);
    const document = gameDocument(readNfg(nfgText(game), 'x.nfg', 'x'));
    const matrix = gameDocument(game).matrix as number[][];
    const turned = matrix.map((_, i) => matrix.map((row) => row[i]));
    expect(document.payoffs).toEqual([matrix, turned].map((rows) => rows.map((row) => row.map(String))));
    expect(document.labels).toEqual([game.labels[0], game.labels[0]]);
  });

  test('is opened again by its ending, and other endings are refused', async () => {
    const game = catalogueGame('rps');
    for (const ending of ['.nfg', '.gam', '.json']) {
      const path = join(folder, `rps${ending}`);
      writeFileSync(path, gameText(game, path));
      const back = await openGame(path);
      expect(back.actions.length).toBe(ending === '.json' ? 1 : 2);
      expect(back.payoffSpan).toBe(1);
    }
    expect((await openGame('-', { stdin: payoffVersion })).kind).toBe('bimatrix');
    expect((await openGame(write('no-ending', payoffVersion))).kind).toBe('bimatrix');
    expect((await thrown(() => gameText(game, 'rps.csv'))).code).toBe('bad-option');
    expect((await thrown(() => nfgText(catalogueGame('low-rank:n=500')))).code).toBe('not-applicable');
  });
});
