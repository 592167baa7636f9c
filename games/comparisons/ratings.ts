import { NashlabError } from '../../src/core/errors.ts';
import type { Database } from './duckdb.ts';
import type { ComparisonTable } from './table.ts';

/** Columns of ratings: who rates what, and how highly. */
export const ratingNames = ['annotator', 'item', 'rating'] as const;

/** True for a header of ratings. */
export function isRatingsHeader(names: readonly string[]): boolean {
  const known = names.map((name) => name.trim().toLowerCase());
  return ratingNames.every((name) => known.includes(name));
}

/** Refuses ratings that are no numbers, without a name, or given twice. */
async function checkRatings(database: Database, table: ComparisonTable): Promise<void> {
  const rules: [condition: string, what: string, expected: string][] = [
    [`coalesce(annotator, '') = '' OR coalesce(item, '') = ''`, 'a rating without its annotator or item', 'both names'],
    [
      'TRY_CAST(rating AS DOUBLE) IS NULL OR NOT isfinite(TRY_CAST(rating AS DOUBLE))',
      'a rating that is no finite number',
      'a number, higher for what is liked more',
    ],
    [
      'row > (SELECT min(row) FROM ratings other WHERE other.annotator = ratings.annotator AND other.item = ratings.item)',
      'a second rating of the same item by the same annotator',
      'one rating each',
    ],
  ];
  for (const [condition, what, expected] of rules) {
    const [first] = await database.query(
      `SELECT row, annotator, item, rating FROM ratings WHERE ${condition} ORDER BY row LIMIT 1`,
    );
    if (first === undefined) continue;
    const [row, annotator, item, rating] = first;
    throw new NashlabError('bad-comparisons', {
      what: `${what} (annotator "${annotator ?? ''}", item "${item ?? ''}", rating "${rating ?? ''}")`,
      where: table.place(row as number),
      expected,
    });
  }
}

/**
 * Ratings as comparisons: of two items that an annotator has rated, the one with the higher rating wins; equal ones tie.
 * Throws `bad-comparisons` with the line of the first rating that breaks a rule.
 */
export async function comparisonsOfRatings(database: Database, table: ComparisonTable): Promise<ComparisonTable> {
  const [annotator, item, rating] = ratingNames.map((name) => table.columns.get(name));
  await database
    .query(
      `CREATE TEMP TABLE ratings AS SELECT row_number() OVER () AS row, trim(${annotator}) AS annotator, trim(${item}) AS item, trim(${rating}) AS rating FROM ${table.relation}`,
    )
    .catch((error: Error) => {
      throw new NashlabError('bad-file', {
        ...table.explain(error),
        expected: 'rows with the columns of the header',
        cause: error,
      });
    });
  await checkRatings(database, table);
  const [own, other] = ['x', 'y'].map((side) => `CAST(${side}.rating AS DOUBLE)`);
  const winner = `CASE WHEN ${own} > ${other} THEN 'a' WHEN ${own} < ${other} THEN 'b' ELSE 'tie' END`;
  return {
    ...table,
    relation: `(SELECT x.annotator AS annotator, x.item AS first, y.item AS second, ${winner} AS winner FROM ratings x JOIN ratings y ON x.annotator = y.annotator AND x.item < y.item)`,
    columns: new Map([
      ['model_a', 'first'],
      ['model_b', 'second'],
      ['winner', 'winner'],
      ['annotator', 'annotator'],
    ]),
  };
}
