import { NashlabError } from '../../src/core/errors.ts';
import { counted } from '../counted.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import { sparseGame } from '../operators/sparse.ts';
import { largestGame } from '../parameters.ts';
import { withAnnotators } from './annotator-table.ts';
import { type ComparisonColumns, comparisonColumns, knownColumns } from './columns.ts';
import { preferencesOf, unseenNumbers } from './dense.ts';
import { type Database, openDatabase } from './duckdb.ts';
import { type Grouping, gameOfGroups, groupedColumns, groupingOf } from './grouped.ts';
import { noiseCaution, perPairText } from './per-pair.ts';
import { comparisonsOfRatings, isRatingsHeader } from './ratings.ts';
import { type ComparisonFormat, type ComparisonTable, openTable } from './table.ts';
import { type OnUnknown, type Tally, tallyComparisons } from './tally.ts';
import { type GroupTally, tallyGroups } from './tally-groups.ts';
import { type MissingRule, missingPreference, namedUnseen, unseenCount } from './unseen.ts';

export interface ComparisonOptions {
  /** How errors and reports call the file. */
  readonly file: string;
  readonly name: string;
  readonly onUnknown?: OnUnknown;
  readonly missing?: MissingRule;
  /** Keeps groups of judges apart: a column whose values they are, or so many learned by EM from who said what. */
  readonly groups?: string | number;
  /** A table with a column `annotator` that holds the column of the groups. */
  readonly annotators?: string;
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

/** Throws `bad-comparisons` where no comparison is left. */
function requireComparisons({ rows, used, dropped }: Tally, file: string): void {
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
}

/**
 * The game of pooled comparisons; counts go to `report`. Throws `bad-comparisons` where no comparison is left or a pair is
 * missing and no rule given, `too-large` above 5,000 items with another rule than half.
 * @param meaning the sentence that says what a preference is.
 */
export function gameOfTally(tally: Tally, options: ComparisonOptions, meaning: string): AnyGame {
  const { file, name, missing = 'error', report = () => {} } = options;
  const { labels, pairs } = tally;
  const n = labels.length;
  requireComparisons(tally, file);
  const sparse = isSparse(tally, missing);
  if (n > largestGame && !sparse)
    throw new NashlabError('too-large', {
      what: `${n} items`,
      where: file,
      expected: `at most ${largestGame}, or --missing half (P = ½ for pairs never compared), which needs no matrix`,
    });
  for (const line of summary(tally, missing, file)) report(line);
  const about = [description(tally, meaning, missing), ...noiseCaution(tally)].join(' ');
  if (!sparse) {
    const unseen = unseenNumbers(missingPreference(tally, missing, file));
    return preferencesOf(tally, unseen, { name, description: about });
  }
  report(`${file}: ${pairs.length} compared pairs of ${n} items are kept as a sparse table, without a matrix`);
  return sparseGame(
    n,
    pairs.map(({ a, b, winsOfA, winsOfB }) => [a, b, winsOfA / (winsOfA + winsOfB)]),
    { name, labels, description: about },
  );
}

/** A table of comparisons, given or implied by ratings, with what was asked to be known of the annotators. */
async function openComparisons(
  database: Database,
  path: string,
  format: ComparisonFormat,
  { file, groups, annotators }: ComparisonOptions,
): Promise<ComparisonTable> {
  const column = typeof groups === 'string' ? groups.trim().toLowerCase() : undefined;
  const given = await openTable(database, path, file, format, [...knownColumns, ...(column ? [column] : [])]);
  const rated = !given.columns.has('winner') && isRatingsHeader([...given.columns.keys()]);
  const table = rated ? await comparisonsOfRatings(database, given) : given;
  if (annotators === undefined) return table;
  if (column !== undefined) return withAnnotators(database, table, annotators, column);
  throw new NashlabError('bad-option', {
    what: `a table of annotators, ${annotators}, without a column of it`,
    expected: '--groups <column>, such as age',
  });
}

/** What was counted, of all and of each group. */
interface Counts {
  readonly columns: ComparisonColumns;
  readonly tally: Tally;
  readonly grouping?: Grouping;
  readonly groups: readonly GroupTally[];
}

async function count(path: string, format: ComparisonFormat, options: ComparisonOptions): Promise<Counts> {
  const { file, groups, onUnknown = 'error' } = options;
  const database = await openDatabase();
  try {
    const table = await openComparisons(database, path, format, options);
    const plain = comparisonColumns(table.columns, file);
    const grouping = groups === undefined ? undefined : groupingOf(String(groups), table.columns, file);
    const columns = grouping === undefined ? plain : groupedColumns(plain, grouping, table.columns);
    const tally = await tallyComparisons(database, table, columns, onUnknown);
    if (grouping === undefined) return { columns, tally, groups: [] };
    return { columns, tally, grouping, groups: await tallyGroups(database, columns, tally) };
  } finally {
    database.close();
  }
}

/**
 * The preference game of pooled comparisons: P[a][b] = (wins of a over b + ties/2) / comparisons of a and b, weighted when
 * the file has a column weight or count; labels sorted by code point. Counts go to `report`. Prompts, annotators and groups
 * are pooled. More than 1,000 items with `missing` half and at most a tenth of the pairs compared (above 5,000 items, any
 * part) make a game without a matrix. With `groups` judges are kept apart, in a game of kind `annotators`. Ratings (columns annotator,
 * item, rating) are read as the comparisons they imply. Throws `bad-file` and `bad-comparisons` with file and line, `too-large` above 5,000
 * items with another rule.
 */
export async function readComparisons(
  path: string,
  format: ComparisonFormat,
  options: ComparisonOptions,
): Promise<AnyGame> {
  const { file, name, missing = 'error', report = () => {} } = options;
  const { columns, tally, grouping, groups } = await count(path, format, options);
  if (grouping !== undefined) {
    requireComparisons(tally, file);
    for (const line of summary(tally, missing, file)) report(line);
    return gameOfGroups(tally, groups, grouping, { file, name, missing, report });
  }
  const weighted = columns.weighs === 'weight' ? ' and rows weighing as their column weight says' : '';
  const shares = `P(a ≻ b) is the share of ${counted(tally.used, 'comparison')} in ${name} that a wins against b`;
  return gameOfTally(tally, options, `${shares}, ties counting half${weighted}; prompts and annotators are pooled.`);
}
