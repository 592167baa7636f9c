import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { identifier, literal, openDatabase } from '../../games/comparisons/duckdb.ts';
import { NashlabError } from '../core/errors.ts';
import type { Game } from '../solve/game.ts';
import type { EquilibriumPath, History, RunSolution } from '../solve/solution.ts';

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

/** One column of a trace; `whole` where it counts. */
interface Column {
  readonly name: string;
  readonly values: readonly number[];
  readonly whole?: boolean;
}

function writeCsv(file: string, columns: readonly Column[], rows: readonly number[]): void {
  const quoted = columns.map(({ name }) => (/[",]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name));
  const lines = rows.map((k) => columns.map(({ values }) => values[k]).join(','));
  writeFileSync(file, `${[quoted.join(','), ...lines].join('\n')}\n`);
}

async function writeParquet(file: string, columns: readonly Column[], rows: readonly number[]): Promise<void> {
  const database = await openDatabase();
  try {
    const types = columns.map(({ name, whole }) => `${identifier(name)} ${whole ? 'BIGINT' : 'DOUBLE'}`);
    await database.query(`CREATE TABLE trace (${types.join(', ')})`);
    const tuples = rows.map((k) => `(${columns.map(({ values }) => double(values[k])).join(',')})`);
    await database.query(`INSERT INTO trace VALUES ${tuples.join(',')}`);
    await database.query(`COPY trace TO ${literal(file)} (FORMAT parquet)`);
  } finally {
    database.close();
  }
}

async function write(file: string, columns: readonly Column[]): Promise<void> {
  const rows = [...columns[0].values.keys()];
  try {
    if (extname(file).toLowerCase() === '.csv') writeCsv(file, columns, rows);
    else await writeParquet(file, columns, rows);
  } catch (cause) {
    throw refusal(file, cause);
  }
}

/** Writes the recorded curves: one row per check, columns `step`, `oracleCalls` and one per curve. */
export function writeTrace(file: string, history: History): Promise<void> {
  return write(file, [
    { name: 'step', values: history.step, whole: true },
    { name: 'oracleCalls', values: history.oracleCalls, whole: true },
    ...Object.entries(history.columns).map(([name, values]) => ({ name, values })),
  ]);
}

/** Writes a path of equilibria: one row per temperature, one column per action, `rock`, or `2/rock` in games of several roles. */
function writePathTrace(file: string, path: EquilibriumPath, { labels }: Game): Promise<void> {
  const { temperature, gap, actions, profiles } = path;
  const probabilities = actions.flatMap((kept, role) =>
    kept.map((action, k) => ({
      name: `${actions.length === 1 ? '' : `${role + 1}/`}${labels[role][action]}`,
      values: profiles.map((policies) => policies[role][k]),
    })),
  );
  return write(file, [
    { name: 'temperature', values: temperature },
    { name: 'regularized-gap', values: gap },
    ...probabilities,
  ]);
}

/** The path of a run that followed one, else its recorded curves. */
export function writeRunTrace(
  file: string,
  { equilibriumPath: path, history }: RunSolution,
  game: Game,
): Promise<void> {
  return path === undefined ? writeTrace(file, history) : writePathTrace(file, path, game);
}
