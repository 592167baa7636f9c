import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogueGame } from '../../../games/catalogue.ts';
import { completePreferences } from '../../../games/complete.ts';
import { openGame } from '../../../games/open-game.ts';
import { lowRankGame } from '../../../games/operators/low-rank.ts';
import { numberFile } from '../../../games/operators/matrix-file.ts';
import { type AnyGame, isOperatorGame, type OperatorGame } from '../../../games/operators/operator-game.ts';
import { streamedGame } from '../../../games/operators/streamed.ts';
import { readGameDocument } from '../../../games/read-json.ts';
import { gameDocument } from '../../../games/write-json.ts';
import { isMatrixGame } from '../../../src/solve/game.ts';
import { temporaryFolder } from '../files.ts';
import { thrown } from '../thrown.ts';
import { normalEmbeddings, operatorSamples, writeNumbers } from './samples.ts';

const { folder, write } = temporaryFolder();
const actions = 450;

function asOperator(game: AnyGame): OperatorGame {
  if (isOperatorGame(game)) return game;
  throw new Error(`"${game.name}" has a matrix`);
}

/** Everything of an operator game that can be compared: numbers at some pairs, and all plain fields. */
function facts(game: AnyGame) {
  const { name, description, labels, payoffSpan, payoffSpanIs, preference } = asOperator(game);
  const pairs = Array.from({ length: 200 }, (_, k) => preference((k * 37) % actions, (k * 101) % actions));
  return { name, description, first: labels[0][0], count: labels[0].length, payoffSpan, payoffSpanIs, pairs };
}

describe('documents of games without a matrix', () => {
  test.each(Object.entries(operatorSamples(folder, actions)))('%s: give the same game back', (_name, game) => {
    const text = JSON.stringify(gameDocument(game));
    expect(facts(readGameDocument(JSON.parse(text), 'other'))).toEqual(facts(game));
  });

  test.each(['low-rank:n=450,rank=6,link=linear,seed=3', 'bradley-terry:n=5001'])(
    '%s: is stored as its text',
    (text) => {
      const game = catalogueGame(text);
      const document = gameDocument(game);
      expect(document).toMatchObject({ kind: 'catalogue', text: game.name });
      expect(JSON.stringify(document).length).toBeLessThan(1000);
      expect(facts(readGameDocument(document, 'other'))).toEqual(facts(game));
    },
  );

  test('labels and description are kept', () => {
    const scores = Array.from({ length: actions }, (_, a) => a / 100);
    const labels = scores.map((_, a) => `model ${a}`);
    const document = { kind: 'bradley-terry', name: 'arena', description: 'Ratings.', labels, scores };
    const game = readGameDocument(document, 'other');
    expect(facts(game)).toMatchObject({ name: 'arena', description: 'Ratings.', first: 'model 0', count: actions });
    expect(facts(readGameDocument(gameDocument(game), 'other'))).toEqual(facts(game));
  });

  test('a file whose content is another one now is refused', async () => {
    const path = join(folder, 'changing.f64');
    const rows = completePreferences(401, () => 0.25).flat();
    const open = () => streamedGame(numberFile(writeNumbers(path, rows, 'f64'), path, 'f64'));
    const document = gameDocument(open());
    rows.fill(0.5);
    open();
    const error = await thrown(() => readGameDocument(document, 'g'));
    expect([error.code, error.message]).toEqual([
      'bad-file',
      expect.stringMatching(/not the one.*changing\.f64.*SHA-256/),
    ]);
  });

  test('a file that changes while it is in use is refused', async () => {
    const path = join(folder, 'replaced.f64');
    writeNumbers(path, completePreferences(401, () => 0.25).flat(), 'f64');
    const game = streamedGame(numberFile(path, path, 'f64'));
    writeNumbers(join(folder, 'other.f64'), completePreferences(3, () => 0.25).flat(), 'f64');
    renameSync(join(folder, 'other.f64'), path);
    expect((await thrown(() => game.preference(0, 1))).message).toMatch(/has changed since it was opened/);
    expect((await thrown(() => gameDocument(game))).message).toMatch(/has changed since it was opened/);
  });
});

describe('small ones', () => {
  test.each([
    [
      'low-rank-preference',
      {
        embeddings: [
          [1, 0],
          [-0.5, 0.8],
          [-0.5, -0.8],
        ],
        scale: 2,
      },
    ],
    ['bradley-terry', { scores: [0, 1, -1] }],
    ['sparse-preference', { actions: 3, pairs: [[2, 0, 0.75]] }],
  ])('%s: have their matrix', (kind, fields) => {
    const game = readGameDocument({ kind, ...fields }, 'g');
    if (!isMatrixGame(game)) throw new Error('no matrix');
    const sigma = (x: number) => 1 / (1 + Math.exp(-x));
    const expected = {
      'low-rank-preference': [sigma(1.6), sigma(-1.6), sigma(1.6)],
      'bradley-terry': [sigma(-1), sigma(1), sigma(2)],
      'sparse-preference': [0.5, 0.25, 0.5],
    }[kind] as number[];
    const { values } = game.matrices[0];
    for (const [k, value] of [values[1], values[2], values[5]].entries()) expect(value).toBeCloseTo(expected[k], 15);
  });

  test('files of raw numbers are read by their names', async () => {
    const rows = completePreferences(3, (a, b) => (a + b) / 4);
    for (const format of ['f64', 'f32'] as const) {
      const game = await openGame(writeNumbers(join(folder, `small.${format}`), rows.flat(), format));
      if (!isMatrixGame(game)) throw new Error('no matrix');
      expect(Array.from(game.matrices[0].values)).toEqual(rows.flat());
      expect(game.labels).toEqual([['1', '2', '3']]);
    }
  });
});

describe('embeddings in a file of raw numbers', () => {
  test('are found beside the JSON file, and stored by path and content', async () => {
    mkdirSync(join(folder, 'beside'), { recursive: true });
    const { values } = normalEmbeddings(actions, 4);
    writeNumbers(join(folder, 'beside', 'e.f64'), Array.from(values), 'f64');
    const fields = { kind: 'low-rank-preference', rank: 4, scale: 0.01, link: 'linear' };
    const path = join(folder, 'beside', 'game.json');
    writeFileSync(path, JSON.stringify({ ...fields, embeddings: 'e.f64' }));
    const game = await openGame(path);
    expect(facts(game)).toMatchObject({ name: 'game.json', count: actions, payoffSpanIs: 'exact' });
    const document = gameDocument(game);
    expect(document).toMatchObject({
      ...fields,
      embeddings: join(folder, 'beside', 'e.f64'),
      hash: expect.any(String),
    });
    expect(facts(readGameDocument(document, 'other'))).toEqual(facts(game));
    const direct = Array.from({ length: actions }, (_, a) => Array.from(values.subarray(4 * a, 4 * a + 4)));
    expect(facts(readGameDocument({ ...fields, embeddings: direct }, 'game.json'))).toEqual(facts(game));
  });
});

describe('refused: embeddings in a file', () => {
  test.each([
    ['without a rank', {}, /no rank for the embeddings.*at .*rank; expected .*1800 numbers in all/],
    ['of a rank that does not divide it', { rank: 7 }, /1800 numbers in rows of 7, at .*rank/],
    ['of an odd rank', { rank: 3 }, /3 columns/],
    ['of another content', { rank: 4, hash: '0'.repeat(64) }, /not the one.*SHA-256 0000/],
  ])('%s', async (_what, fields, message) => {
    const path = join(folder, 'refused.f64');
    writeNumbers(path, Array.from(normalEmbeddings(actions, 4).values), 'f64');
    const document = { kind: 'low-rank-preference', embeddings: path, ...fields };
    expect((await thrown(() => readGameDocument(document, 'g'))).message).toMatch(message);
  });

  test('that are not there, or stand in the document and have a hash', async () => {
    const kind = 'low-rank-preference';
    const absent = await thrown(() => readGameDocument({ kind, embeddings: 'no.f32', rank: 2 }, 'g', folder));
    expect([absent.code, absent.message]).toEqual(['bad-file', expect.stringMatching(/cannot be read.*no\.f32/)]);
    const hashed = await thrown(() => readGameDocument({ kind, embeddings: [[1, 2]], hash: '0'.repeat(64) }, 'g'));
    expect(hashed.message).toMatch(/a hash only where "embeddings" names a file/);
  });
});

const lowRank = { kind: 'low-rank-preference' };
const sparse = { kind: 'sparse-preference', actions: 3 };

describe('refused:', () => {
  test.each([
    ['an odd number of columns', { ...lowRank, embeddings: [[1, 2, 3]] }, /3 columns, at embeddings; expected an even/],
    ['a ragged row', { ...lowRank, embeddings: [[1, 2], [1]] }, /1 number, at embeddings\[1\].*2, as in/],
    ['a text among numbers', { ...lowRank, embeddings: [[1, '2']] }, /"2", at embeddings\[0\]\[1\]/],
    [
      'NaN',
      {
        ...lowRank,
        embeddings: [
          [1, 2],
          [Number.NaN, 0],
        ],
      },
      /NaN, at embeddings\[1\]\[0\]/,
    ],
    ['no embeddings', { ...lowRank, embeddings: [] }, /no embeddings/],
    ['empty rows', { ...lowRank, embeddings: [[]] }, /no embeddings/],
    ['an unknown link', { ...lowRank, embeddings: [[1, 2]], link: 'probit' }, /at link/],
    ['an infinite scale', { ...lowRank, embeddings: [[1, 2]], scale: Infinity }, /scale/],
    ['a rank that is not theirs', { ...lowRank, embeddings: [[1, 2]], rank: 4 }, /rank 4, at rank; expected 2/],
    [
      'linear preferences above 1',
      {
        ...lowRank,
        link: 'linear',
        embeddings: [
          [1, 0],
          [0, 1],
          [0.1, 0.1],
        ],
        scale: 0.6,
      },
      /preference (1\.1|-0\.0999\d*) of action \d to action \d.*embeddings\[\d\] and embeddings\[\d\].*scale of at most 0\.5/,
    ],
    ['an unknown field', { ...lowRank, embeddings: [[1, 2]], matrix: [[0.5]] }, /matrix/],
    ['a file of another kind', { ...lowRank, embeddings: 'e.csv', rank: 2 }, /"e\.csv", at embeddings.*\.f64 or \.f32/],
    ['no scores', { kind: 'bradley-terry', scores: [] }, /no scores/],
    ['a score that is no number', { kind: 'bradley-terry', scores: [1, null] }, /null, at scores\[1\]/],
    ['an infinite score', { kind: 'bradley-terry', scores: [1, Infinity] }, /Infinity, at scores\[1\]/],
    ['too few labels', { kind: 'bradley-terry', scores: [1, 2], labels: ['a'] }, /1 label, at labels of role 0/],
    ['an action beyond the last', { ...sparse, pairs: [[0, 3, 0.5]] }, /action 3, at pairs\[0\].*0 … 2/],
    ['an action and itself', { ...sparse, pairs: [[1, 1, 0.5]] }, /action 1 compared with itself, at pairs\[0\]/],
    [
      'a pair twice',
      {
        ...sparse,
        pairs: [
          [0, 1, 0.5],
          [1, 0, 0.5],
        ],
      },
      /actions 0 and 1 twice/,
    ],
    ['a preference above 1', { ...sparse, pairs: [[0, 1, 1.5]] }, /preference 1\.5, at pairs\[0\]/],
    ['a pair of two numbers', { ...sparse, pairs: [[0, 1]] }, /\[0,1\], at pairs\[0\]/],
    ['no actions', { ...sparse, actions: 0, pairs: [] }, /actions/],
    [
      'another number of actions',
      { kind: 'bradley-terry', scores: [1, 2], actions: 3 },
      /3 actions, at actions; expected 2/,
    ],
    ['other labels for a catalogue game', { kind: 'catalogue', text: 'rps', labels: ['a', 'b', 'c'] }, /own labels/],
  ])('%s', async (_what, document, message) => {
    const error = await thrown(() => readGameDocument(document, 'g'));
    expect([error.code, error.message]).toEqual(['bad-game', expect.stringMatching(message)]);
  });

  test('linear preferences that cannot be shown to be probabilities', async () => {
    const embeddings = { actions: 60_000, rank: 8, values: new Float64Array(480_000).fill(1) };
    const error = await thrown(() => lowRankGame(embeddings, { link: 'linear', scale: 0.1 }));
    expect([error.code, error.message]).toEqual(['too-large', expect.stringMatching(/scale of at most 0\.0625/)]);
  });

  test.each([
    ['an empty file', 'empty.f64', Buffer.alloc(0), /an empty file, at .*empty\.f64/],
    ['half a number', 'half.f64', Buffer.alloc(12), /12 bytes, at .*half\.f64.*8 bytes each/],
    ['a count that is no square', 'six.f64', Buffer.from(new Float64Array(6).buffer), /6 numbers, at .*square/],
    [
      'a diagonal of 0',
      'zero.f64',
      Buffer.from(new Float64Array(4).buffer),
      /P\[0\]\[0\] \+ P\[0\]\[0\] = 0, at .*zero\.f64: entry \[0\]\[0\]/,
    ],
    [
      'NaN',
      'nan.f64',
      Buffer.from(Float64Array.of(0.5, Number.NaN, 0.5, 0.5).buffer),
      /preference NaN, at .*\[0\]\[1\]/,
    ],
    ['a preference of 2', 'two.f64', Buffer.from(Float64Array.of(0.5, -1, 2, 0.5).buffer), /preference (-1|2), at/],
  ])('%s in a file of raw numbers', async (_what, name, bytes, message) => {
    writeFileSync(join(folder, name), bytes);
    expect((await thrown(() => openGame(join(folder, name)))).message).toMatch(message);
  });

  test('an asymmetric matrix in a file, wherever the entry lies', async () => {
    const n = 1100; // two tiles
    const rows = new Float64Array(n * n).fill(0.5);
    const path = join(folder, 'asymmetric.f64');
    for (const [a, b] of [
      [3, 1050],
      [1050, 3],
      [1099, 1030],
    ]) {
      rows[a * n + b] = 0.5001;
      writeNumbers(path, rows as unknown as number[], 'f64');
      const error = await thrown(() => streamedGame(numberFile(path, path, 'f64')));
      rows[a * n + b] = 0.5;
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      expect(error.message).toContain(`P[${low}][${high}] + P[${high}][${low}] = 1.0001`);
    }
  });

  test('a file that is not there', async () => {
    const document = { kind: 'preference-file', file: 'nowhere.f64', format: 'f64' };
    const path = write('points.json', JSON.stringify(document));
    const error = await thrown(() => openGame(path));
    expect([error.code, error.parts.where]).toEqual([
      'bad-file',
      expect.stringMatching(/points\.json: file: .*nowhere/),
    ]);
    expect(basename(path)).toBe('points.json');
  });
});
