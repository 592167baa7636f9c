import { NashlabError } from '../../src/core/errors.ts';
import type { ComparisonColumns } from './columns.ts';
import { type Database, literal } from './duckdb.ts';
import { pairPool } from './pair-pool.ts';
import type { ComparisonTable } from './table.ts';
import { shareOf, verdictOf, winnerWords } from './winner-words.ts';

export type OnUnknown = 'error' | 'drop' | 'tie';

/** What two items a < b won against each other: total weights, a tie giving half to each. */
export interface PooledPair {
  readonly a: number;
  readonly b: number;
  readonly winsOfA: number;
  readonly winsOfB: number;
}

/** Items, and what was compared. */
export interface Compared {
  readonly labels: readonly string[];
  /** The pairs compared with a weight above 0. */
  readonly pairs: readonly PooledPair[];
}

/** Comparisons pooled by pair. */
export interface Tally extends Compared {
  /** Numbers of rows: read, ties (both_bad included), unknown labels taken as ties, unknown labels dropped, exact duplicates. */
  readonly rows: number;
  readonly ties: number;
  readonly unknownTies: number;
  readonly dropped: number;
  readonly duplicates: number;
  /** Number of comparisons that count: a row with a weight above 0 that is not dropped, times its count. */
  readonly used: number;
  /** For each pair compared at least once: its comparisons, and the prompts it was compared on where the file tells them. */
  readonly perPair: { readonly comparisons: readonly number[]; readonly prompts?: readonly number[] };
  /** Distinct values of the columns that are only counted. */
  readonly distinct: readonly (readonly [name: string, count: number])[];
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let k = 0; k < Math.min(left.length, right.length); k++)
    if (left[k] !== right[k]) return (left[k].codePointAt(0) ?? 0) - (right[k].codePointAt(0) ?? 0);
  return left.length - right.length;
}

/** Wins as a matrix, `[n, n]`: entry a·n + b is the weight of a's wins over b. */
export function winsMatrix({ labels, pairs }: Compared): Float64Array {
  const n = labels.length;
  const wins = new Float64Array(n * n);
  for (const { a, b, winsOfA, winsOfB } of pairs) {
    wins[a * n + b] = winsOfA;
    wins[b * n + a] = winsOfB;
  }
  return wins;
}

/** Refuses the first row that breaks a rule. */
async function checkRows(database: Database, table: ComparisonTable, weighted: boolean): Promise<void> {
  const rules: [string, string, string][] = [
    [`coalesce(a, '') = '' OR coalesce(b, '') = ''`, 'a comparison without one of its two names', 'two names'],
    ['a = b', 'an item compared with itself', 'two different names'],
  ];
  const number = 'TRY_CAST(weight AS DOUBLE)';
  if (weighted)
    rules.push([
      `${number} IS NULL OR NOT isfinite(${number}) OR ${number} < 0`,
      'a weight that is no number ≥ 0',
      'a finite weight ≥ 0',
    ]);
  for (const [condition, what, expected] of rules) {
    const [first] = await database.query(
      `SELECT row, a, weight FROM comparisons WHERE ${condition} ORDER BY row LIMIT 1`,
    );
    if (first === undefined) continue;
    const detail =
      condition === 'a = b' ? ` ("${first[1]}")` : condition.startsWith(number) ? ` ("${first[2] ?? ''}")` : '';
    throw new NashlabError('bad-comparisons', {
      what: `${what}${detail}`,
      where: table.place(first[0] as number),
      expected,
    });
  }
}

/** Prompts of each compared pair; undefined where the file has no column of prompts, or the same prompt throughout. */
async function promptsPerPair(
  database: Database,
  distinct: readonly (readonly [name: string, count: number])[],
): Promise<number[] | undefined> {
  const column = distinct.findIndex(([name, count]) => name.startsWith('prompt') && count > 1);
  if (column < 0) return undefined;
  const pairs = await database.query(
    `SELECT count(DISTINCT counted_${column}) FROM comparisons WHERE CAST(weight AS DOUBLE) > 0 GROUP BY least(a, b), greatest(a, b)`,
  );
  return pairs.map(([count]) => count as number);
}

/** Pools the rows of a table. Throws `bad-comparisons` with the line of the first row that breaks a rule. */
export async function tallyComparisons(
  database: Database,
  table: ComparisonTable,
  columns: ComparisonColumns,
  onUnknown: OnUnknown,
): Promise<Tally> {
  const { form, a, b, winner, weight = "'1'", weighs, counted, grouped } = columns;
  const extra = [
    ...counted.map(([, expression], k) => [expression, `counted_${k}`]),
    ...(grouped ? [[grouped, 'grouped']] : []),
  ]
    .map(([expression, name]) => `, ${expression} AS ${name}`)
    .join('');
  const select = `row_number() OVER () AS row, trim(${a}) AS a, trim(${b}) AS b, trim(${winner}) AS winner, ${weight} AS weight${extra}`;
  await database
    .query(`CREATE TEMP TABLE comparisons AS SELECT ${select} FROM ${table.relation}`)
    .catch((error: Error) => {
      throw new NashlabError('bad-file', {
        ...table.explain(error),
        expected: 'rows with the columns of the header',
        cause: error,
      });
    });
  await checkRows(database, table, columns.weight !== undefined);
  const unknown = new Set<string>();
  for (const [label, row] of await database.query(
    "SELECT coalesce(winner, ''), min(row) FROM comparisons GROUP BY 1 ORDER BY 2",
  )) {
    if (verdictOf(form, String(label)) !== undefined) continue;
    if (onUnknown === 'error')
      throw new NashlabError('bad-comparisons', {
        what: `unknown winner "${label}"`,
        where: table.place(row as number),
        expected: `one of ${winnerWords(form).join(', ')} (or the rule --on-unknown drop|tie)`,
      });
    unknown.add(String(label));
  }
  const names = await database.query('SELECT a FROM comparisons UNION SELECT b FROM comparisons');
  const labels = names.map(([name]) => String(name)).sort(byCodePoint);
  const index = new Map(labels.map((label, k) => [label, k]));
  const [[different]] = await database.query(`SELECT count(*) FROM (SELECT DISTINCT * FROM ${table.relation})`);
  const [[rows]] = (await database.query('SELECT count(*) FROM comparisons')) as [[number]];
  const duplicates = rows - (different as number);
  if (onUnknown === 'drop' && unknown.size > 0)
    await database.query(
      `DELETE FROM comparisons WHERE coalesce(winner, '') IN (${[...unknown].map(literal).join(', ')})`,
    );
  const counts = { ties: 0, unknownTies: 0, kept: 0 };
  const pool = pairPool(labels.length);
  const number = weighs === 'count' ? 'sum(CAST(weight AS DOUBLE))' : 'count(*) FILTER (CAST(weight AS DOUBLE) > 0)';
  const pooled = `SELECT a, b, coalesce(winner, ''), sum(CAST(weight AS DOUBLE)), count(*), ${number} FROM comparisons GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
  for (const [left, right, label, total, alike, compared] of (await database.query(pooled)) as [
    string,
    string,
    string,
    number,
    number,
    number,
  ][]) {
    counts.kept += alike;
    if (unknown.has(label)) counts.unknownTies += alike;
    const verdict = verdictOf(form, label) ?? 'tie';
    if (verdict === 'tie' && !unknown.has(label)) counts.ties += alike;
    pool.add(index.get(left) as number, index.get(right) as number, shareOf(verdict), total, compared);
  }
  const distinct = await Promise.all(
    counted.map(async ([name], k): Promise<readonly [string, number]> => {
      const [[count]] = await database.query(`SELECT count(DISTINCT counted_${k}) FROM comparisons`);
      return [name, count as number];
    }),
  );
  const prompts = await promptsPerPair(database, distinct);
  const perPair = pool.compared();
  return {
    labels,
    pairs: pool.pairs(),
    rows,
    ties: counts.ties,
    unknownTies: counts.unknownTies,
    dropped: rows - counts.kept,
    duplicates,
    used: perPair.reduce((sum, count) => sum + count, 0),
    perPair: { comparisons: perPair, ...(prompts === undefined ? {} : { prompts }) },
    distinct,
  };
}
