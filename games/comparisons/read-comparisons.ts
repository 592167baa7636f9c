import { NashlabError } from '../../src/core/errors.ts';
import { counted } from '../counted.ts';
import { fractionText } from '../fraction.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import { sparseGame } from '../operators/sparse.ts';
import { largestGame } from '../parameters.ts';
import { preferenceGame } from '../preference.ts';
import { type ComparisonColumns, comparisonColumns, knownColumns } from './columns.ts';
import { openDatabase } from './duckdb.ts';
import { noiseCaution, perPairText } from './per-pair.ts';
import { type ComparisonFormat, openTable } from './table.ts';
import { type OnUnknown, type Tally, tallyComparisons, winsMatrix } from './tally.ts';
import { type MissingRule, missingPreference, namedUnseen, unseenCount } from './unseen.ts';

export interface ComparisonOptions {
  /** How errors and reports call the file. */
  readonly file: string;
  readonly name: string;
  readonly onUnknown?: OnUnknown;
  readonly missing?: MissingRule;
  readonly report?: (line: string) => void;
}

function summary(tally: Tally, missing: MissingRule, file: string): string[] {
  const { labels, rows, used, ties, unknownTies, dropped, duplicates, distinct } = tally;
  const unseen = unseenCount(tally);
  const rule = missing === 'half' ? 'P = ½' : 'Bradley–Terry fit';
  return [
    `${file}: ${counted(rows, 'row')}, ${counted(used, 'comparison')} of ${labels.length} items${distinct.map(([name, count]) => `, ${count} × ${name}`).join('')}`,
    `${file}: ${counted(ties, 'tie')}, ${counted(unknownTies, 'unknown winner taken as a tie', 'unknown winners taken as ties')}, ${dropped} dropped, ${counted(duplicates, 'duplicate row')} (all counted)`,
    `${file}: ${unseen} of ${counted((labels.length * (labels.length - 1)) / 2, 'pair')} never compared${unseen === 0 || missing === 'error' ? '' : ` (${rule}): ${namedUnseen(tally)}`}`,
    `${file}: per compared pair: ${perPairText(tally)}`,
  ];
}

function description(tally: Tally, meaning: string, missing: MissingRule): string {
  const unseen = unseenCount(tally);
  if (unseen === 0) return meaning;
  const one = unseen === 1;
  const rule = missing === 'half' ? 'P = ½' : `${one ? 'its' : 'their'} P is that of a Bradley–Terry fit`;
  return `${meaning} ${counted(unseen, 'pair')} ${one ? 'was' : 'were'} never compared: ${rule}.`;
}

/** More items than this, of which at most a tenth of the pairs were compared, make a sparse game where the others count half. */
const sparseItems = 1000;

/** Whether no matrix is needed: pairs never compared count half, and they are most of a large table. */
function isSparse({ labels, pairs }: Tally, missing: MissingRule): boolean {
  const n = labels.length;
  return missing === 'half' && n > sparseItems && (n > largestGame || pairs.length <= (n * (n - 1)) / 20);
}

/** The game whose matrix is as full as the table: entries as fractions where all weights are whole. */
function denseComparisons(
  tally: Tally,
  missing: MissingRule,
  file: string,
  names: { name: string; description: string },
) {
  const { labels } = tally;
  const n = labels.length;
  const unseen = missingPreference(tally, missing, file);
  const wins = winsMatrix(tally);
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
  const entries = whole ? { entries: [matrix.map((row, a) => row.map((_, b) => entry(a, b)))] } : {};
  return preferenceGame(matrix, { ...names, labels, ...entries });
}

/**
 * The game of pooled comparisons; counts go to `report`. Throws `bad-comparisons` where no comparison is left or a pair is
 * missing and no rule given, `too-large` above 5,000 items with another rule than half.
 * @param meaning the sentence that says what a preference is.
 */
export function gameOfTally(tally: Tally, options: ComparisonOptions, meaning: string): AnyGame {
  const { file, name, missing = 'error', report = () => {} } = options;
  const { labels, pairs, rows, used, dropped } = tally;
  const n = labels.length;
  if (rows === 0)
    throw new NashlabError('bad-comparisons', {
      what: 'a file without comparisons',
      where: file,
      expected: 'at least one row',
    });
  if (used === 0)
    throw new NashlabError('bad-comparisons', {
      what: `no comparison is left: of ${counted(rows, 'row')}, ${dropped} dropped and ${rows - dropped} of weight 0`,
      where: file,
      expected: 'at least one row with a known winner and a weight above 0',
    });
  const sparse = isSparse(tally, missing);
  if (n > largestGame && !sparse)
    throw new NashlabError('too-large', {
      what: `${n} items`,
      where: file,
      expected: `at most ${largestGame}, or --missing half (P = ½ for pairs never compared), which needs no matrix`,
    });
  for (const line of summary(tally, missing, file)) report(line);
  const about = [description(tally, meaning, missing), ...noiseCaution(tally)].join(' ');
  if (!sparse) return denseComparisons(tally, missing, file, { name, description: about });
  report(`${file}: ${pairs.length} compared pairs of ${n} items are kept as a sparse table, without a matrix`);
  return sparseGame(
    n,
    pairs.map(({ a, b, winsOfA, winsOfB }) => [a, b, winsOfA / (winsOfA + winsOfB)]),
    { name, labels, description: about },
  );
}

/**
 * The preference game of pooled comparisons: P[a][b] = (wins of a over b + ties/2) / comparisons of a and b, weighted when
 * the file has a column weight or count; labels sorted by code point. Counts go to `report`. Prompts, annotators and groups
 * are pooled. More than 1,000 items with `missing` half and at most a tenth of the pairs compared (above 5,000 items, any
 * part) make a game without a matrix. Throws `bad-file` and `bad-comparisons` with file and line, `too-large` above 5,000
 * items with another rule.
 */
export async function readComparisons(
  path: string,
  format: ComparisonFormat,
  options: ComparisonOptions,
): Promise<AnyGame> {
  const { file, name, onUnknown = 'error' } = options;
  const database = await openDatabase();
  let tally: Tally;
  let columns: ComparisonColumns;
  try {
    const table = await openTable(database, path, file, format, knownColumns);
    columns = comparisonColumns(table.columns, file);
    tally = await tallyComparisons(database, table, columns, onUnknown);
  } finally {
    database.close();
  }
  const weighted = columns.weighs === 'weight' ? ' and rows weighing as their column weight says' : '';
  const shares = `P(a ≻ b) is the share of ${counted(tally.used, 'comparison')} in ${name} that a wins against b`;
  return gameOfTally(tally, options, `${shares}, ties counting half${weighted}; prompts and annotators are pooled.`);
}
