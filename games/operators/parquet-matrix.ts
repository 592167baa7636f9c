import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';
import { dirname } from 'node:path';
import { NashlabError } from '../../src/core/errors.ts';
import { type Database, identifier, openDatabase, pathLiteral } from '../comparisons/duckdb.ts';
import { cachePath, fileHash } from './cached-matrix.ts';

/** Columns of a preference matrix in long form: one row per pair, P(i ≻ j). */
const longColumns = ['i', 'j', 'p'] as const;

/** Memory of a block of rows while it is put together: 256 MB; each block scans the file twice. */
const usualEntries = 2 ** 25;

/** True for a table with the columns i, j, p and none called winner, which would make it comparisons. */
export function isLongMatrix(names: readonly string[]): boolean {
  const lower = names.map((name) => name.trim().toLowerCase());
  return longColumns.every((name) => lower.includes(name)) && !lower.includes('winner');
}

interface LongTable {
  /** SQL of the rows with columns i, j (counted from 0) and p. */
  readonly relation: string;
  readonly first: number;
  readonly actions: number;
}

/** Looks at the numbering; refuses what is no matrix. */
async function longTable(database: Database, path: string, names: readonly string[]): Promise<LongTable> {
  const column = (wanted: string): string =>
    identifier(names.find((name) => name.trim().toLowerCase() === wanted) as string);
  const source = `read_parquet(${pathLiteral(path)})`;
  const [i, j] = ['i', 'j'].map((name) => `TRY_CAST(${column(name)} AS BIGINT)`);
  const p = `TRY_CAST(${column('p')} AS DOUBLE)`;
  const [[rows, broken, low, high]] = (await database.query(
    `SELECT count(*), count(*) FILTER (${i} IS NULL OR ${j} IS NULL OR ${p} IS NULL OR NOT isfinite(${p})), least(min(${i}), min(${j})), greatest(max(${i}), max(${j})) FROM ${source}`,
  )) as [[number, number, number, number]];
  if (rows === 0)
    throw new NashlabError('bad-file', {
      what: 'a table without rows',
      where: path,
      expected: 'one row i, j, p per pair',
    });
  if (broken > 0 || (low !== 0 && low !== 1))
    throw new NashlabError('bad-game', {
      what:
        broken > 0 ? `${broken} rows without two whole numbers and a finite preference` : `actions counted from ${low}`,
      where: path,
      expected: 'columns i and j of whole numbers that count actions from 0 or from 1, and p = P(i ≻ j)',
    });
  return {
    relation: `(SELECT CAST(${i} - ${low} AS INTEGER) AS i, CAST(${j} - ${low} AS INTEGER) AS j, ${p} AS p FROM ${source})`,
    first: low,
    actions: high - low + 1,
  };
}

/** Rows from … to − 1: the pairs as given, then what their mirror images say, then ½ on the diagonal. */
async function fillBlock(
  database: Database,
  table: LongTable,
  from: number,
  to: number,
  path: string,
  block: Float64Array,
) {
  const { relation, first, actions } = table;
  block.fill(Number.NaN);
  const refuse = (what: string, a: number, b: number, expected: string): NashlabError =>
    new NashlabError('bad-game', { what: `${what} of actions ${a + first} and ${b + first}`, where: path, expected });
  await database.stream(`SELECT i, j, p FROM ${relation} WHERE i >= ${from} AND i < ${to}`, (i, j, p) => {
    const at = (i - from) * actions + j;
    if (!Number.isNaN(block[at])) throw refuse('two rows for the pair', i, j, 'one row for each order of a pair');
    block[at] = p;
  });
  await database.stream(`SELECT i, j, p FROM ${relation} WHERE j >= ${from} AND j < ${to}`, (i, j, p) => {
    const at = (j - from) * actions + i;
    if (Number.isNaN(block[at])) block[at] = 1 - p;
  });
  for (let a = from; a < to; a++) {
    const diagonal = (a - from) * actions + a;
    if (Number.isNaN(block[diagonal])) block[diagonal] = 0.5;
    for (let b = 0; b < actions; b++)
      if (Number.isNaN(block[(a - from) * actions + b]))
        throw refuse('no row for the pair', a, b, 'every pair in at least one order');
  }
}

/** Throws `too-large` where the folder has no room for the matrix. */
function checkRoom(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < bytes)
    throw new NashlabError('too-large', {
      what: `a matrix of ${(bytes / 1e9).toFixed(1)} GB with ${((bavail * bsize) / 1e9).toFixed(1)} GB free`,
      where: folder,
      expected: 'room for the raw matrix: set XDG_CACHE_HOME to a folder on a larger disk',
    });
}

/**
 * Converts a Parquet table of pairs (columns i, j, p: P(i ≻ j); one order of a pair is enough, the diagonal may be absent) to
 * a raw matrix in the cache, once per content, a block of rows at a time: 256 MB and what DuckDB needs to scan the file.
 * Throws `bad-game` naming a pair given twice or not at all, `too-large` for want of room.
 */
export async function convertParquet(
  path: string,
  names: readonly string[],
  report: (line: string) => void,
  blockEntries = usualEntries,
): Promise<void> {
  const target = cachePath(fileHash(path));
  if (existsSync(target)) return;
  const database = await openDatabase();
  const draft = `${target}.${process.pid}.part`;
  try {
    const table = await longTable(database, path, names);
    const { actions } = table;
    mkdirSync(dirname(target), { recursive: true });
    checkRoom(dirname(target), 8 * actions * actions);
    const rows = Math.max(1, Math.min(actions, Math.floor(blockEntries / actions)));
    const block = new Float64Array(rows * actions);
    const descriptor = openSync(draft, 'w');
    try {
      for (let from = 0; from < actions; from += rows) {
        const to = Math.min(actions, from + rows);
        const part = block.subarray(0, (to - from) * actions);
        await fillBlock(database, table, from, to, path, part);
        const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
        if (endianness() === 'BE') bytes.swap64();
        for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
      }
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, target);
    report(`${path}: ${actions} actions, the matrix is kept in ${target}`);
  } finally {
    database.close();
    rmSync(draft, { force: true });
  }
}
