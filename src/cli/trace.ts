import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { identifier, literal, openDatabase } from '../../games/comparisons/duckdb.ts';
import { NashlabError } from '../core/errors.ts';
import type { History } from '../solve/solution.ts';

function refusal(file: string, cause?: unknown): NashlabError {
  return new NashlabError('unwritable', {
    what: `the trace cannot be written${cause === undefined ? '' : `: ${(cause as Error).message}`}`,
    where: file,
    expected: 'a file in an existing folder you may write to',
    cause,
  });
}

function isWritable(path: string, kind: 'file' | 'folder'): boolean {
  try {
    accessSync(path, constants.W_OK);
    return kind === 'file' ? statSync(path).isFile() : statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Checks, before anything is computed, that a trace file can be written. */
export function prepareTrace(file: string): void {
  const extension = extname(file).toLowerCase();
  if (extension !== '.csv' && extension !== '.parquet')
    throw new NashlabError('bad-option', { what: `--trace ${file}`, expected: 'a file that ends in .csv or .parquet' });
  const writable = isWritable(dirname(file), 'folder') && (!existsSync(file) || isWritable(file, 'file'));
  if (!writable) throw refusal(file);
}

/** A number as an SQL literal of type DOUBLE; without an exponent it would be read as a DECIMAL. */
function double(value: number): string {
  if (!Number.isFinite(value)) return `'${value}'::DOUBLE`;
  const text = String(value);
  return text.includes('e') ? text : `${text}e0`;
}

type Columns = readonly (readonly [name: string, values: readonly number[]])[];

function writeCsv(file: string, columns: Columns, rows: readonly number[]): void {
  const quoted = columns.map(([name]) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name));
  const lines = rows.map((k) => columns.map(([, values]) => values[k]).join(','));
  writeFileSync(file, `${[quoted.join(','), ...lines].join('\n')}\n`);
}

async function writeParquet(file: string, columns: Columns, rows: readonly number[]): Promise<void> {
  const database = await openDatabase();
  try {
    const types = columns.map(([name], k) => `${identifier(name)} ${k < 2 ? 'BIGINT' : 'DOUBLE'}`);
    await database.query(`CREATE TABLE trace (${types.join(', ')})`);
    const tuples = rows.map((k) => `(${columns.map(([, values]) => double(values[k])).join(',')})`);
    await database.query(`INSERT INTO trace VALUES ${tuples.join(',')}`);
    await database.query(`COPY trace TO ${literal(file)} (FORMAT parquet)`);
  } finally {
    database.close();
  }
}

/** Writes the recorded curves: one row per check, columns `step`, `oracleCalls` and one per curve. */
export async function writeTrace(file: string, history: History): Promise<void> {
  const columns: Columns = [
    ['step', history.step],
    ['oracleCalls', history.oracleCalls],
    ...Object.entries(history.columns),
  ];
  const rows = [...history.step.keys()];
  try {
    if (extname(file).toLowerCase() === '.csv') writeCsv(file, columns, rows);
    else await writeParquet(file, columns, rows);
  } catch (cause) {
    throw refusal(file, cause);
  }
}
