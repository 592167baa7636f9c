import { NashlabError } from '../../src/core/errors.ts';
import type { Database } from './duckdb.ts';
import { type ComparisonTable, openTable, tableFormat } from './table.ts';

/** Name of the joined column in SQL. */
const joined = 'of_annotator';

/**
 * Adds a column of a table of annotators (a column `annotator`, and what is known of each) to comparisons.
 * @param path the table. @param column the one that is wanted.
 * @throws `bad-comparisons` where a column is missing or an annotator stands twice.
 */
export async function withAnnotators(
  database: Database,
  table: ComparisonTable,
  path: string,
  column: string,
): Promise<ComparisonTable> {
  const people = await openTable(database, path, path, tableFormat(path), ['annotator', column]);
  const [who, value] = ['annotator', column].map((name) => people.columns.get(name));
  const own = table.columns.get('annotator');
  if (own === undefined)
    throw new NashlabError('bad-comparisons', {
      what: 'comparisons without a column "annotator", which a table of annotators could be joined by',
      where: path,
      expected: 'a column "annotator" in both',
    });
  if (who === undefined || value === undefined)
    throw new NashlabError('bad-comparisons', {
      what: `no column "${who === undefined ? 'annotator' : column}"`,
      where: path,
      expected: `columns annotator and ${column}; there are ${[...people.columns.keys()].join(', ')}`,
    });
  const key = `SELECT trim(${who}) AS key_of_annotator, ${value} AS ${joined} FROM ${people.relation}`;
  const [twice] = await database.query(
    `SELECT key_of_annotator FROM (${key}) GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1`,
  );
  if (twice !== undefined)
    throw new NashlabError('bad-comparisons', {
      what: `annotator "${twice[0]}" stands twice`,
      where: path,
      expected: 'one row per annotator',
    });
  return {
    ...table,
    relation: `(SELECT compared.*, ${joined} FROM ${table.relation} compared LEFT JOIN (${key}) people ON trim(${own}) = key_of_annotator)`,
    columns: new Map([...table.columns, [column, joined]]),
  };
}
