import { NashlabError } from '../../src/core/errors.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { fractionText } from '../fraction.ts';
import { largestGame } from '../parameters.ts';
import { preferenceGame } from '../preference.ts';
import { comparisonColumns, knownColumns } from './columns.ts';
import { openDatabase } from './duckdb.ts';
import { type ComparisonFormat, openTable } from './table.ts';
import { type OnUnknown, type Tally, tallyComparisons } from './tally.ts';
import { type MissingRule, missingPreference, namedPairs, unseenPairs } from './unseen.ts';

export interface ComparisonOptions {
  /** How errors and reports call the file. */
  readonly file: string;
  readonly name: string;
  readonly onUnknown?: OnUnknown;
  readonly missing?: MissingRule;
  readonly report?: (line: string) => void;
}

function summary(tally: Tally, missing: MissingRule, file: string): string[] {
  const { labels, rows, ties, unknownTies, dropped, duplicates, distinct } = tally;
  const pairs = unseenPairs(tally);
  const rule = missing === 'half' ? 'P = ½' : 'Bradley–Terry fit';
  return [
    `${file}: ${rows} comparisons of ${labels.length} items${distinct.map(([name, count]) => `, ${count} × ${name}`).join('')}`,
    `${file}: ${ties} ties, ${unknownTies} unknown winners taken as ties, ${dropped} dropped, ${duplicates} duplicate rows (all counted)`,
    `${file}: ${pairs.length} of ${(labels.length * (labels.length - 1)) / 2} pairs never compared${pairs.length === 0 || missing === 'error' ? '' : ` (${rule}): ${namedPairs(pairs, labels)}`}`,
  ];
}

/**
 * The preference game of pooled comparisons: P[a][b] = (wins of a over b + ties/2) / comparisons of a and b, weighted when
 * the file has a column weight or count; labels sorted by code point. Counts go to `report`. Prompts, annotators and groups
 * are pooled. Throws `bad-file` and `bad-comparisons` with file and line, `too-large` above 5,000 items.
 */
export async function readComparisons(
  path: string,
  format: ComparisonFormat,
  options: ComparisonOptions,
): Promise<MatrixGame> {
  const { file, name, onUnknown = 'error', missing = 'error', report = () => {} } = options;
  const database = await openDatabase();
  let tally: Tally;
  try {
    const table = await openTable(database, path, file, format, knownColumns);
    tally = await tallyComparisons(database, table, comparisonColumns(table.columns, file), onUnknown);
  } finally {
    database.close();
  }
  const { labels, wins, rows } = tally;
  const n = labels.length;
  if (rows === 0)
    throw new NashlabError('bad-comparisons', {
      what: 'a file without comparisons',
      where: file,
      expected: 'at least one row',
    });
  if (n > largestGame)
    throw new NashlabError('too-large', { what: `${n} items`, where: file, expected: `at most ${largestGame}` });
  for (const line of summary(tally, missing, file)) report(line);
  const unseen = missingPreference(tally, missing, file);
  const whole = wins.every((value) => Number.isInteger(2 * value));
  const total = (a: number, b: number) => wins[a * n + b] + wins[b * n + a];
  const preference = (a: number, b: number): number => {
    if (a === b) return 0.5;
    return total(a, b) === 0 ? unseen(a, b) : wins[a * n + b] / total(a, b);
  };
  const matrix = labels.map((_, a) => labels.map((_, b) => preference(a, b)));
  const entry = (a: number, b: number): string => {
    if (a === b) return '1/2';
    return total(a, b) === 0 ? String(matrix[a][b]) : fractionText(2 * wins[a * n + b], 2 * total(a, b));
  };
  return preferenceGame(matrix, {
    name,
    labels,
    ...(whole ? { entries: [matrix.map((row, a) => row.map((_, b) => entry(a, b)))] } : {}),
    description: `P(a ≻ b) is the share of ${rows} comparisons in ${name} that a wins against b, ties counting half; prompts and annotators are pooled.${
      unseenPairs(tally).length === 0
        ? ''
        : ` ${unseenPairs(tally).length} pairs were never compared: ${missing === 'half' ? 'P = ½' : 'their P is that of a Bradley–Terry fit'}.`
    }`,
  });
}
