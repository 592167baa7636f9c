import { readFileSync, statSync } from 'node:fs';
import { NashlabError } from '../../src/core/errors.ts';
import { csvFault, csvHeader, csvLineOfRow } from './csv-lines.ts';
import { type Database, identifier, literal, pathLiteral } from './duckdb.ts';

export type ComparisonFormat = 'csv' | 'tsv' | 'jsonl' | 'parquet';

/** The format that a file's name tells; CSV where it tells none. */
export function tableFormat(path: string): ComparisonFormat {
  if (/\.tsv$/i.test(path)) return 'tsv';
  if (/\.(jsonl|ndjson)$/i.test(path)) return 'jsonl';
  return /\.parquet$/i.test(path) ? 'parquet' : 'csv';
}

/** A file of comparisons as a table of texts. */
export interface ComparisonTable {
  /** SQL that stands for the rows in file order. */
  readonly relation: string;
  /** Column name in lower case → SQL expression of its text. */
  readonly columns: ReadonlyMap<string, string>;
  /** Where data row `row` (from 1) stands: `votes.csv:7`. */
  place(row: number): string;
  /** Where a failed query stumbled, and over what. */
  explain(error: Error): { readonly where: string; readonly what: string };
}

function csvTable(path: string, file: string, delimiter: string): ComparisonTable {
  const text = () => readFileSync(path, 'utf8');
  const names = csvHeader(text(), delimiter) ?? [];
  const types = names.map((_, k) => `'c${k}': 'VARCHAR'`).join(', ');
  const options = `auto_detect=false, header=true, delim=${literal(delimiter)}, quote='"', escape='"', columns={${types}}`;
  return {
    relation: `read_csv(${pathLiteral(path)}, ${options})`,
    columns: new Map(names.map((name, k) => [name.trim().toLowerCase(), `c${k}`])),
    place: (row) => `${file}:${csvLineOfRow(text(), delimiter, row)}`,
    explain: (error) => {
      const fault = csvFault(text(), delimiter);
      return fault ? { where: `${file}:${fault.line}`, what: fault.what } : { where: file, what: error.message };
    },
  };
}

function jsonLinesTable(path: string, file: string, names: readonly string[]): ComparisonTable {
  return {
    relation: `read_json_objects(${pathLiteral(path)}, format='newline_delimited')`,
    columns: new Map(names.map((name) => [name, `json->>${literal(`$."${name}"`)}`])),
    place: (row) => {
      let seen = 0;
      const line = readFileSync(path, 'utf8')
        .split('\n')
        .findIndex((content) => content.trim() !== '' && ++seen === row);
      return `${file}:${line + 1}`;
    },
    explain: (error) => {
      const broken = readFileSync(path, 'utf8')
        .split('\n')
        .findIndex((line) => line.trim() !== '' && !isJson(line));
      if (broken < 0) return { where: file, what: error.message };
      return { where: `${file}:${broken + 1}`, what: 'a line that is not a JSON object' };
    },
  };
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Opens a file of comparisons. `wanted` are the column names of interest. Throws `bad-file` for an empty or broken file. */
export async function openTable(
  database: Database,
  path: string,
  file: string,
  format: ComparisonFormat,
  wanted: readonly string[],
): Promise<ComparisonTable> {
  if (statSync(path).size === 0)
    throw new NashlabError('bad-file', { what: 'an empty file', where: file, expected: 'comparisons, one per row' });
  if (format === 'csv' || format === 'tsv') return csvTable(path, file, format === 'csv' ? ',' : '\t');
  if (format === 'parquet') {
    const relation = `read_parquet(${pathLiteral(path)})`;
    const explain = (error: Error) => ({ where: file, what: error.message.split('\n')[0] });
    const names = await database.query(`DESCRIBE SELECT * FROM ${relation}`).catch((error: Error) => {
      throw new NashlabError('bad-file', { ...explain(error), expected: 'a Parquet file', cause: error });
    });
    const columns = names.map(
      ([name]) => [String(name).trim().toLowerCase(), `CAST(${identifier(String(name))} AS VARCHAR)`] as const,
    );
    return { relation, columns: new Map(columns), place: (row) => `${file}, row ${row}`, explain };
  }
  const table = jsonLinesTable(path, file, wanted);
  const presence = wanted.map((name) => `count(${table.columns.get(name)})`).join(', ');
  const [counts] = await database.query(`SELECT ${presence} FROM ${table.relation}`).catch((error: Error) => {
    throw new NashlabError('bad-file', { ...table.explain(error), expected: 'one JSON object per line', cause: error });
  });
  const present = wanted.filter((_, k) => (counts[k] as number) > 0);
  return { ...table, columns: new Map([...table.columns].filter(([name]) => present.includes(name))) };
}
