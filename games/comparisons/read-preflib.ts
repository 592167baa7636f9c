import { NashlabError } from '../../src/core/errors.ts';
import { counted } from '../counted.ts';
import { distinctNames } from '../distinct-names.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import { pairPool } from './pair-pool.ts';
import { type ComparisonOptions, gameOfTally } from './read-comparisons.ts';
import type { Tally } from './tally.ts';

/** One line of ballots: how many voters, and their order in groups of alternatives (from 0) ranked alike. */
interface Ballot {
  readonly voters: number;
  readonly groups: readonly (readonly number[])[];
}

type Refuse = (what: string, expected: string) => NashlabError;

/** `2, {1, 3}, 4` as groups of indices. */
function groupsOf(order: string, alternatives: number, refuse: Refuse): number[][] {
  const parts = order.match(/\{[^{}]*\}|[^\s,{}]+|[{}]/g) ?? [];
  const ranked = new Set<number>();
  return parts.map((part) => {
    const members = part.startsWith('{') ? part.slice(1, -1).split(',') : [part];
    return members.map((member) => {
      const index = /^\s*\d+\s*$/.test(member) ? Number(member) - 1 : Number.NaN;
      if (!(index >= 0 && index < alternatives))
        throw refuse(`alternative "${member.trim()}"`, `a number in 1 … ${alternatives}, with ties in braces: 2,{1,3}`);
      if (ranked.has(index)) throw refuse(`alternative ${index + 1} ranked twice`, 'each alternative once at most');
      ranked.add(index);
      return index;
    });
  });
}

function readLines(text: string, file: string): { labels: string[]; ballots: Ballot[] } {
  const names: string[] = [];
  const ballots: Ballot[] = [];
  let alternatives: number | undefined;
  for (const [k, line] of text.split(/\r?\n/).entries()) {
    const refuse: Refuse = (what, expected) =>
      new NashlabError('bad-file', { what, where: `${file}:${k + 1}`, expected });
    const [, key, value] = /^\uFEFF?#\s*([^:]+):(.*)$/.exec(line) ?? [];
    if (key !== undefined) {
      if (/^NUMBER ALTERNATIVES$/i.test(key.trim())) alternatives = Number(value);
      const [, number] = /^ALTERNATIVE NAME (\d+)$/i.exec(key.trim()) ?? [];
      if (number !== undefined) names[Number(number) - 1] = value.trim();
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      const [, voters, order] = /^\s*(\d+)\s*:(.*)$/.exec(line) ?? [];
      if (voters === undefined)
        throw refuse(`"${line.trim()}"`, 'voters: order, such as 12: 3,1,2 (the format of PrefLib since 2022)');
      alternatives ??= names.length;
      ballots.push({ voters: Number(voters), groups: groupsOf(order, alternatives, refuse) });
    }
  }
  const count = alternatives ?? names.length;
  if (!Number.isInteger(count) || count < 1)
    throw new NashlabError('bad-file', {
      what: 'no alternatives',
      where: file,
      expected: 'lines # NUMBER ALTERNATIVES: n and # ALTERNATIVE NAME k: name',
    });
  const labels = distinctNames(Array.from({ length: count }, (_, index) => names[index] || String(index + 1)));
  return { labels, ballots };
}

/** Every pair of alternatives that a voter ranks is a comparison; those ranked alike are a tie, others are not compared. */
function tallyBallots(labels: readonly string[], ballots: readonly Ballot[]): Tally {
  const pool = pairPool(labels.length);
  let ties = 0;
  for (const { voters, groups } of ballots)
    groups.forEach((group, rank) => {
      group.forEach((first, k) => {
        for (const second of group.slice(k + 1)) pool.add(first, second, 0.5, voters);
        for (const later of groups.slice(rank + 1)) for (const second of later) pool.add(first, second, 1, voters);
      });
      ties += (voters * (group.length * (group.length - 1))) / 2;
    });
  const pooled = pool.pairs();
  const comparisons = pooled.map(({ winsOfA, winsOfB }) => winsOfA + winsOfB);
  return {
    labels,
    pairs: pooled,
    rows: ballots.length,
    ties,
    unknownTies: 0,
    dropped: 0,
    duplicates: 0,
    used: comparisons.reduce((sum, count) => sum + count, 0),
    perPair: { comparisons },
    distinct: [['voter', ballots.reduce((sum, { voters }) => sum + voters, 0)]],
  };
}

/**
 * Reads ballots of PrefLib, complete or not, with ties or without (.soc, .soi, .toc, .toi): P(a ≻ b) is the share of the
 * voters who rank both that rank a first, half of those who rank them alike. Throws `bad-file` with the line, and what
 * `gameOfTally` throws.
 */
export function readPreflib(text: string, options: ComparisonOptions): AnyGame {
  const { labels, ballots } = readLines(text, options.file);
  const tally = tallyBallots(labels, ballots);
  const voters = counted(tally.distinct[0][1], 'voter');
  const meaning = `P(a ≻ b) is the share of those of ${voters} in ${options.name} who rank both that rank a before b, ties counting half.`;
  return gameOfTally(tally, options, meaning);
}
