import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openGame } from '../../../games/open-game.ts';
import { type AnyGame, isOperatorGame, type OperatorGame } from '../../../games/operators/operator-game.ts';
import { convertParquet } from '../../../games/operators/parquet-matrix.ts';
import { readGameDocument } from '../../../games/read-json.ts';
import { gameDocument } from '../../../games/write-json.ts';
import { stream } from '../../../src/random/streams.ts';
import { isMatrixGame } from '../../../src/solve/game.ts';
import { temporaryFolder } from '../files.ts';
import { thrown } from '../thrown.ts';

const { folder, write } = temporaryFolder();

function asOperator(game: AnyGame): OperatorGame {
  if (isOperatorGame(game)) return game;
  throw new Error(`"${game.name}" has a matrix`);
}

/** Comparisons of many items, as CSV: item k is i0000k and meets a few others, some of them twice. */
function comparisons(items: number): { readonly text: string; readonly won: ReadonlyMap<string, readonly number[]> } {
  const { integer, uniform } = stream('tables', items);
  const won = new Map<string, number[]>();
  const lines = ['model_a,model_b,winner'];
  const name = (k: number) => `i${String(k).padStart(5, '0')}`;
  for (let k = 0; k < items; k++)
    for (const [a, b] of [
      [k, (k + 1) % items],
      [k, (k + 1 + integer(items - 1)) % items],
    ]) {
      const winner = (['model_a', 'model_b', 'tie'] as const)[Math.floor(3 * uniform())];
      lines.push(`${name(a)},${name(b)},${winner}`);
      const share = { model_a: 1, model_b: 0, tie: 0.5 }[winner];
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const entry = won.get(`${low} ${high}`) ?? [0, 0];
      entry[0] += a === low ? share : 1 - share;
      entry[1] += 1;
      won.set(`${low} ${high}`, entry);
    }
  return { text: `${lines.join('\n')}\n`, won };
}

describe('comparisons of many items, most pairs never compared', () => {
  test('with --missing half are a sparse game of the shares of wins', async () => {
    const { text, won } = comparisons(1200);
    const path = write('many.csv', text);
    const told: string[] = [];
    const game = asOperator(await openGame(path, { missing: 'half', report: (line) => told.push(line) }));
    expect(told.at(-1)).toMatch(/\d+ compared pairs of 1200 items are kept as a sparse table, without a matrix/);
    expect(game.description).toMatch(/never compared: P = ½\./);
    expect(game.labels[0][7]).toBe('i00007');
    for (const [pair, [wins, total]] of won) {
      const [a, b] = pair.split(' ').map(Number);
      expect(game.preference(a, b)).toBeCloseTo(wins / total, 15);
    }
    let compared = 0;
    for (let b = 1; b < 1200; b++) compared += game.preference(0, b) === 0.5 && !won.has(`0 ${b}`) ? 0 : 1;
    expect(compared).toBe([...won.keys()].filter((pair) => pair.startsWith('0 ')).length);
    const again = asOperator(readGameDocument(gameDocument(game), 'other'));
    expect(again.payoffSpan).toBe(game.payoffSpan);
    expect(again.preference(0, 1)).toBe(game.preference(0, 1));
    expect(again.labels).toEqual(game.labels);
  });

  test('with up to 1,000 items have their matrix', async () => {
    const game = await openGame(write('some.csv', comparisons(900).text), { missing: 'half' });
    expect(isMatrixGame(game)).toBe(true);
  });

  test('above 5,000 items need --missing half', async () => {
    const path = write('too-many.csv', comparisons(5001).text);
    const error = await thrown(() => openGame(path));
    expect([error.code, error.message]).toEqual(['too-large', expect.stringMatching(/5001 items.*--missing half/)]);
    expect(asOperator(await openGame(path, { missing: 'half' })).actions).toEqual([5001]);
  });
});

describe('a Parquet table of pairs', () => {
  const cache = process.env.XDG_CACHE_HOME;
  beforeAll(() => {
    process.env.XDG_CACHE_HOME = join(folder, 'cache');
  });
  afterAll(() => {
    if (cache === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = cache;
  });

  async function parquet(name: string, select: string): Promise<string> {
    const path = join(folder, name);
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
    connection.closeSync();
    return path;
  }

  /** P(i ≻ j) = ½ + (i − j)/(2n), pairs i ≤ j only. */
  const upper = (n: number, first: number) =>
    `SELECT a + ${first} AS i, b + ${first} AS j, 0.5 + (a - b) / (2.0 * ${n}) AS p FROM range(${n}) t(a), range(${n}) u(b) WHERE a <= b`;

  test('is a matrix that stays in a file, made once', async () => {
    const n = 450;
    const path = await parquet('pairs.parquet', upper(n, 0));
    const told: string[] = [];
    await convertParquet(path, ['i', 'j', 'p'], (line) => told.push(line), 20_000); // blocks of 44 rows
    const game = asOperator(await openGame(path, { report: (line) => told.push(line) }));
    expect(told).toEqual([expect.stringMatching(/450 actions, the matrix is kept in .*cache/)]);
    for (const [a, b] of [
      [0, 449],
      [449, 0],
      [43, 44],
      [44, 43],
      [132, 132],
    ])
      expect(game.preference(a, b)).toBeCloseTo(0.5 + (a - b) / (2 * n), 14);
    expect(game.payoffSpan).toBeCloseTo((2 * (n - 1)) / (2 * n), 14);
    expect(readdirSync(join(folder, 'cache', 'nashlab'))).toHaveLength(1);
    await openGame(path, { report: (line) => told.push(line) });
    expect(told).toHaveLength(1);
    const document = gameDocument(game);
    expect(document).toMatchObject({ kind: 'preference-file', file: path, format: 'parquet' });
    expect(asOperator(readGameDocument(document, 'other')).preference(5, 9)).toBe(game.preference(5, 9));
    process.env.XDG_CACHE_HOME = join(folder, 'other');
    const error = await thrown(() => readGameDocument(document, 'other'));
    process.env.XDG_CACHE_HOME = join(folder, 'cache');
    expect([error.code, error.message]).toEqual(['bad-file', expect.stringMatching(/has not been converted/)]);
  });

  test('may count from 1', async () => {
    const game = await openGame(await parquet('from-one.parquet', upper(4, 1)));
    if (!isMatrixGame(game)) throw new Error('no matrix');
    expect(Array.from(game.matrices[0].values.subarray(0, 4))).toEqual([0.5, 0.375, 0.25, 0.125]);
  });

  test.each([
    ['a pair is missing', `${upper(4, 0)} AND NOT (a = 1 AND b = 2)`, /no row for the pair of actions 1 and 2/],
    [
      'a pair stands there twice',
      `${upper(4, 1)} UNION ALL SELECT 1, 2, 0.5`,
      /two rows for the pair of actions 1 and 2/,
    ],
    ['both orders do not add up', `${upper(4, 0)} UNION ALL SELECT 2, 1, 0.7`, /P\[1\]\[2\] \+ P\[2\]\[1\] = 1\.0/],
    ['numbering starts at 5', upper(4, 5), /actions counted from 5/],
    ['a preference is missing', `${upper(4, 0)} UNION ALL SELECT 2, 1, NULL`, /1 rows? without/],
    ['there is no row', `${upper(4, 0)} AND a > 7`, /a table without rows/],
  ])('is refused where %s', async (what, select, message) => {
    const path = await parquet(`${what.replaceAll(' ', '-')}.parquet`, select);
    expect((await thrown(() => openGame(path))).message).toMatch(message);
  });

  test('leaves no half-made matrix behind', () => {
    mkdirSync(join(folder, 'cache', 'nashlab'), { recursive: true });
    expect(existsSync(join(folder, 'cache'))).toBe(true);
    expect(readdirSync(join(folder, 'cache', 'nashlab')).filter((name) => !name.endsWith('.f64'))).toEqual([]);
  });
});
