import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { identifier, literal, openDatabase } from '../../games/comparisons/duckdb.ts';
import { NashlabError } from '../core/errors.ts';
import type { History } from '../solve/solution.ts';

/** Checks, before anything is computed, that a trace file can be written. */
export function prepareTrace(file: string): void {
  const extension = extname(file).toLowerCase();
  if (extension !== '.csv' && extension !== '.parquet')
    throw new NashlabError('bad-option', { what: `--trace ${file}`, expected: 'a file that ends in .csv or .parquet' });
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (cause) {
    throw new NashlabError('unwritable', {
      what: 'the folder of the trace cannot be written',
      where: file,
      expected: 'an existing folder you may write to',
      cause,
    });
  }
}

/** A number as an SQL literal of type DOUBLE; without an exponent it would be read as a DECIMAL. */
function double(value: number): string {
  const text = String(value);
  return text.includes('e') ? text : `${text}e0`;
}

/** Writes the recorded curves: one row per check, columns `step`, `oracleCalls` and one per curve. */
export async function writeTrace(file: string, history: History): Promise<void> {
  const columns: [string, readonly number[]][] = [
    ['step', history.step],
    ['oracleCalls', history.oracleCalls],
    ...Object.entries(history.columns),
  ];
  if (extname(file).toLowerCase() === '.csv') {
    const quoted = columns.map(([name]) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name));
    const rows = history.step.map((_, k) => columns.map(([, values]) => values[k]).join(','));
    writeFileSync(file, `${[quoted.join(','), ...rows].join('\n')}\n`);
    return;
  }
  const database = await openDatabase();
  try {
    const types = columns.map(([name], k) => `${identifier(name)} ${k < 2 ? 'BIGINT' : 'DOUBLE'}`);
    await database.query(`CREATE TABLE trace (${types.join(', ')})`);
    const rows = history.step.map((_, k) => `(${columns.map(([, values]) => double(values[k])).join(',')})`);
    await database.query(`INSERT INTO trace VALUES ${rows.join(',')}`);
    await database.query(`COPY trace TO ${literal(file)} (FORMAT parquet)`);
  } finally {
    database.close();
  }
}
