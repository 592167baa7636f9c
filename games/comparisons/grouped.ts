import { NashlabError } from '../../src/core/errors.ts';
import { rewardMixture } from '../../src/exact/reward-mixture.ts';
import { counted } from '../counted.ts';
import { type AnnotatorsGame, annotatorsGame } from '../players/annotators.ts';
import { preferenceGame } from '../preference.ts';
import type { ComparisonColumns } from './columns.ts';
import { preferencesOf, unseenFrom, unseenNumbers } from './dense.ts';
import type { Tally } from './tally.ts';
import { type GroupTally, unnamed } from './tally-groups.ts';
import { type MissingRule, missingPreference } from './unseen.ts';

/** How comparisons become groups: by a column, or so many learned from who said what. */
export type Grouping = { readonly column: string } | { readonly learned: number; readonly column: string };

/** ` by judge`, ` in 3 groups`: what is added to a game's name. */
export function groupingWords(groups: string | number | undefined): string {
  if (groups === undefined) return '';
  const text = String(groups).trim();
  return /^\d+$/.test(text) ? ` in ${counted(Number(text), 'group')}` : ` by ${text.toLowerCase()}`;
}

/** Columns that say who compared, the first that a file has. */
const whoColumns = ['annotator', 'judge', 'group'] as const;

/**
 * What `--groups` asks for. @param given a column's name, or a number of groups to learn.
 * @throws `bad-option` where the file lacks the column.
 */
export function groupingOf(given: string, columns: ReadonlyMap<string, string>, file: string): Grouping {
  const known = [...columns.keys()].filter((name) => name !== '');
  const refuse = (what: string): NashlabError =>
    new NashlabError('bad-option', {
      what,
      where: file,
      expected: `a column of the file (${known.join(', ')}), or a number of groups to learn from a column annotator or judge`,
    });
  if (/^\d+$/.test(given)) {
    const column = whoColumns.find((name) => columns.has(name));
    if (column === undefined) throw refuse(`groups ${given}, without a column that says who compared`);
    return { learned: Number(given), column };
  }
  const column = given.trim().toLowerCase();
  if (!columns.has(column)) throw refuse(`groups by "${given}", which is no column`);
  return { column };
}

/** Numbers of all matrices together: as many as one of the largest games. */
const mostEntries = 25e6;

function requireRoom(groups: number, items: number, file: string): void {
  if (groups * items * items <= mostEntries) return;
  throw new NashlabError('too-large', {
    what: `${groups} groups of ${items} items`,
    where: file,
    expected: `at most ${mostEntries} preferences, groups × items²; a number of groups learns so many`,
  });
}

export interface GroupedOptions {
  readonly file: string;
  readonly name: string;
  readonly missing: MissingRule;
  readonly report: (line: string) => void;
}

const named = (groups: readonly { name: string; share: number }[]): string => {
  const few = groups.slice(0, 12).map(({ name, share }) => `${name} ${Number((100 * share).toPrecision(3))} %`);
  return `${few.join(', ')}${groups.length > few.length ? `, … ${groups.length - few.length} more` : ''}`;
};

/** Pairs that some group has not compared, of all groups together. */
function borrowedPairs(tally: Tally, groups: readonly GroupTally[]): number {
  const all = (tally.labels.length * (tally.labels.length - 1)) / 2;
  return groups.reduce((sum, { pairs }) => sum + all - pairs.length, 0);
}

/**
 * The population whose groups are the values of a column: each with its own table, shares by comparisons. A pair that a
 * group has not compared is taken from all comparisons together, and there by the rule for missing pairs.
 */
function byColumn(tally: Tally, given: readonly GroupTally[], column: string, options: GroupedOptions): AnnotatorsGame {
  const { file, name, missing, report } = options;
  const { labels } = tally;
  const groups = given.filter((group) => group.name !== unnamed);
  const left = given.find((group) => group.name === unnamed);
  if (groups.length === 0)
    throw new NashlabError('bad-comparisons', {
      what: `no comparison with a ${column}`,
      where: file,
      expected: 'at least one row that names its group',
    });
  requireRoom(groups.length, labels.length, file);
  const pooled = preferencesOf(tally, unseenNumbers(missingPreference(tally, missing, file)), { name });
  const preferences = groups.map((group) =>
    preferencesOf({ labels, pairs: group.pairs }, unseenFrom(pooled), { name: group.name }),
  );
  const total = groups.reduce((sum, { weight }) => sum + weight, 0);
  const shares = groups.map((group) => ({ name: group.name, share: group.weight / total }));
  report(`${file}: ${counted(groups.length, 'group')} by ${column}: ${named(shares)}`);
  if (left !== undefined)
    report(`${file}: ${counted(left.weight, 'comparison')} without ${column} left out of the groups`);
  const borrowed = borrowedPairs(tally, groups);
  if (borrowed > 0)
    report(`${file}: ${counted(borrowed, 'pair')} that a group has not compared: the preference of all comparisons`);
  const rest = borrowed === 0 ? '' : ' A pair that a group has not compared has the preference of all comparisons.';
  return annotatorsGame(
    preferences,
    groups.map(({ weight }) => weight),
    {
      name: `${name}${groupingWords(column)}`,
      labels,
      groups: groups.map((group) => group.name),
      description: `P_g(a ≻ b) is the share of the comparisons in ${name} of one ${column} that a wins against b, ties counting half; groups weigh as their comparisons.${rest}`,
    },
  );
}

/** Seed of the starts of EM: a file's groups are the same at every opening. */
const seed = 'groups';

/** The population of so many groups that explain best who said what: each a Bradley–Terry model. */
function learned(
  tally: Tally,
  given: readonly GroupTally[],
  grouping: { readonly learned: number; readonly column: string },
  { file, name, report }: GroupedOptions,
): AnnotatorsGame {
  const { labels } = tally;
  const annotators = given.filter((annotator) => annotator.name !== unnamed);
  const mixture = rewardMixture(
    annotators.map(({ pairs }) => pairs),
    labels.length,
    { groups: grouping.learned, seed },
  );
  const { weights, rewards, responsibilities, logLikelihood, objective } = mixture;
  const preferences = rewards.map((r) => {
    const wins = (a: number, b: number): number => 1 / (1 + Math.exp(r[b] - r[a]));
    return preferenceGame(
      labels.map((_, a) => labels.map((__, b) => (a === b ? 0.5 : a < b ? wins(a, b) : 1 - wins(b, a)))),
      { labels },
    );
  });
  const clear = responsibilities.filter((row) => row.some((share) => share > 0.9)).length;
  const shares = weights.map((share, g) => ({ name: `group ${g + 1}`, share }));
  report(
    `${file}: ${counted(weights.length, 'group')} learned from ${counted(annotators.length, grouping.column)} by EM: ${named(shares)}; log-likelihood ${logLikelihood.toPrecision(8)} after ${objective.length - 1} rounds; ${clear} of ${annotators.length} belong to one group with probability above 0.9`,
  );
  return annotatorsGame(preferences, weights, {
    name: `${name}${groupingWords(weights.length)}`,
    labels,
    description: `P_g(a ≻ b) is that of a Bradley–Terry model; ${weights.length} of them were learned by EM from who said what (column ${grouping.column}) in ${name}; groups weigh as their annotators.`,
  });
}

/** The game of a population from comparisons with their groups. */
export function gameOfGroups(
  tally: Tally,
  groups: readonly GroupTally[],
  grouping: Grouping,
  options: GroupedOptions,
): AnnotatorsGame {
  if ('learned' in grouping) return learned(tally, groups, grouping, options);
  return byColumn(tally, groups, grouping.column, options);
}

/** The columns of comparisons with that of the groups. */
export function groupedColumns(
  columns: ComparisonColumns,
  { column }: Grouping,
  expressions: ReadonlyMap<string, string>,
): ComparisonColumns {
  return { ...columns, grouped: expressions.get(column) as string };
}
