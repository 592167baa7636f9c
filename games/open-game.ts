import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import { NashlabError } from '../src/core/errors.ts';
import { isGroupedGame } from '../src/solve/game.ts';
import { catalogueGame } from './catalogue.ts';
import { isComparisonHeader } from './comparisons/columns.ts';
import { csvHeader } from './comparisons/csv-lines.ts';
import { openDatabase, pathLiteral } from './comparisons/duckdb.ts';
import { type ComparisonOptions, readComparisons } from './comparisons/read-comparisons.ts';
import { readPreflib } from './comparisons/read-preflib.ts';
import type { ComparisonFormat } from './comparisons/table.ts';
import { readGam } from './gambit/read-gam.ts';
import { readNfg } from './gambit/read-nfg.ts';
import { numberFile } from './operators/matrix-file.ts';
import type { AnyGame } from './operators/operator-game.ts';
import { convertParquet, isLongMatrix } from './operators/parquet-matrix.ts';
import { binaryFormat, fileGame, operatorOfDocument } from './operators/read-document.ts';
import { type PlayersRule, withPlayers } from './players/with-players.ts';
import { readJsonGame } from './read-json.ts';
import { readMatrixGame } from './read-matrix.ts';
import { checkCommas, readText } from './read-text.ts';

export interface OpenGameOptions
  extends Pick<ComparisonOptions, 'onUnknown' | 'missing' | 'groups' | 'annotators' | 'report'> {
  /** The text of standard input, for the source `-`. */
  readonly stdin?: string;
  /** More players than two, of a preference game; `groups`: one per group of annotators. */
  readonly players?: PlayersRule['players'];
  /** Whether these have policies of their own (default) or share one. */
  readonly roles?: PlayersRule['roles'];
}

type Format = 'json' | 'nfg' | 'gam' | 'preflib' | ComparisonFormat;

const formats: Readonly<Record<string, Format>> = {
  '.json': 'json',
  '.nfg': 'nfg',
  '.gam': 'gam',
  '.soc': 'preflib',
  '.soi': 'preflib',
  '.toc': 'preflib',
  '.toi': 'preflib',
  '.csv': 'csv',
  '.tsv': 'tsv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
};

/** The format of a text without a telling name. */
function sniff(text: string): Format {
  const start = text.trimStart();
  const [line] = start.split('\n', 1);
  if (/^\uFEFF?\{.*"winner".*\}\s*$/.test(line)) return 'jsonl';
  if (/^\uFEFF?[{[]/.test(start)) return 'json';
  if (/^\uFEFF?NFG\s/.test(start)) return 'nfg';
  return line.includes('\t') && !line.includes(',') ? 'tsv' : 'csv';
}

/** Whether a path is that of a file; a path that cannot be looked at is not. */
export function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function parquetColumns(path: string): Promise<string[]> {
  const database = await openDatabase();
  try {
    const names = await database.query(`DESCRIBE SELECT * FROM read_parquet(${pathLiteral(path)})`);
    return names.map(([name]) => String(name));
  } catch {
    return []; // the reader of comparisons says what is wrong with the file
  } finally {
    database.close();
  }
}

/** A Parquet file: a preference matrix in long form (columns i, j, p) or comparisons. */
async function openParquet(path: string, options: ComparisonOptions): Promise<AnyGame> {
  const names = await parquetColumns(path);
  if (!isLongMatrix(names)) return readComparisons(path, 'parquet', options);
  await convertParquet(path, names, options.report ?? (() => {}));
  const { name } = options;
  return operatorOfDocument({ kind: 'preference-file', file: resolve(path), format: 'parquet' }, { name }, '.');
}

async function openText(path: string, format: Format, options: ComparisonOptions): Promise<AnyGame> {
  const { file, name } = options;
  if (format === 'parquet') return openParquet(path, options);
  const text = readText(path, file);
  if (format === 'jsonl') return readComparisons(path, format, options);
  if (format === 'json') return readJsonGame(text, file, name);
  if (format === 'nfg') return readNfg(text, file, name);
  if (format === 'gam') return readGam(text, file, name);
  if (format === 'preflib') return readPreflib(text, options);
  if (format === 'csv') checkCommas(text, file);
  const delimiter = format === 'csv' ? ',' : '\t';
  if (isComparisonHeader(csvHeader(text, delimiter) ?? [])) return readComparisons(path, format, options);
  return readMatrixGame(text, file, name, delimiter, options.report);
}

async function openStandardInput(stdin: string | undefined, options: OpenGameOptions): Promise<AnyGame> {
  if (stdin === undefined)
    throw new NashlabError('bad-option', { what: 'no text on standard input', expected: 'a game as JSON or CSV' });
  const file = '<stdin>';
  // DuckDB reads files only.
  const folder = mkdtempSync(join(tmpdir(), 'nashlab-'));
  try {
    const path = join(folder, 'stdin');
    writeFileSync(path, stdin);
    return await openText(path, sniff(stdin), { ...options, file, name: 'stdin' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Opens a game: a file (`.json` native; `.nfg` Gambit; `.gam` GameTracer; `.soc`, `.soi`,
 * `.toc`, `.toi` PrefLib; `.csv`, `.tsv` matrix or comparisons, told apart by a column `winner`; `.jsonl`,
 * `.ndjson`, `.parquet` comparisons; `.parquet` with columns i, j, p and raw `.f64`, `.f32` a matrix that stays in its file),
 * `-` for the text of standard input, else a catalogue text such as `blotto:10,3`.
 * A file that exists goes before a catalogue name. Throws `bad-file`, `bad-game`, `bad-comparisons` with file and line,
 * `unknown-name` with the nearest names, `bad-parameter`, `too-large`.
 */
export async function openGame(source: string, options: OpenGameOptions = {}): Promise<AnyGame> {
  const { players, roles, ...reading } = options;
  if (players !== undefined)
    return withPlayers(await readGame(source, reading), { players, ...(roles === undefined ? {} : { roles }) });
  if (roles === undefined) return readGame(source, reading);
  throw new NashlabError('bad-option', {
    what: `roles ${roles} without players`,
    expected: 'the number of players as well',
  });
}

/** Refuses groups of what holds none. */
function requireGrouped(game: AnyGame, { groups }: OpenGameOptions): AnyGame {
  if (groups === undefined || isGroupedGame(game)) return game;
  throw new NashlabError('bad-option', {
    what: `groups ${groups} of "${game.name}"`,
    expected: 'a file of comparisons or ratings that says who judged',
  });
}

async function readGame(source: string, options: OpenGameOptions): Promise<AnyGame> {
  return requireGrouped(await readSource(source, options), options);
}

async function readSource(source: string, options: OpenGameOptions): Promise<AnyGame> {
  if (source === '-') return openStandardInput(options.stdin, options);
  const extension = extname(source).toLowerCase();
  if (isFile(source)) {
    const binary = binaryFormat(source);
    if (binary !== undefined) return fileGame(numberFile(resolve(source), source, binary), { name: basename(source) });
    const format = formats[extension] ?? sniff(readText(source, source));
    return openText(source, format, { ...options, file: source, name: basename(source) });
  }
  const [family] = source.split(':', 1);
  if (/[\\/]/.test(family) || /\.[a-z0-9]{2,8}$/i.test(family) || family.trim() === '')
    throw new NashlabError('bad-file', {
      what: `no file "${source}"`,
      expected: 'a file that exists, - for standard input, or the name of a catalogue game such as rps',
    });
  return catalogueGame(source);
}
