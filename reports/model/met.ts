import type { StoredRun } from '../../experiments/stored.ts';
import type { PopulationHistory } from '../../src/solve/solution.ts';
import type { GameFacts } from './game.ts';
import { type Bundle, groupedBy } from './groups.ts';
import type { Series } from './series.ts';
import { shownRuns } from './shown-run.ts';

/** A member of a population, with its share at each record; 0 where it is not in. */
export interface Met {
  readonly name: string;
  readonly shares: readonly number[];
}

/** Whom one player of one run met, over the run. */
export interface MetByPlayer {
  readonly series: Series;
  readonly temperature: number;
  readonly seed: string;
  /** Empty where all players share one policy. */
  readonly player: string;
  /** Whether the other players met alike, under other names perhaps. */
  readonly forAll: boolean;
  readonly steps: readonly number[];
  /** Those with the largest shares over all records, in order of appearance. */
  readonly members: readonly Met[];
  /** All others together; absent where there are none. */
  readonly others?: { readonly count: number; readonly shares: readonly number[] };
}

/** Members with a name of their own. */
export const namedMembers = 8;

function total(shares: readonly number[]): number {
  return shares.reduce((sum, share) => sum + share, 0);
}

function membersOf({ names, record, member, weight }: PopulationHistory, records: number): Met[] {
  const shares = names.map(() => new Array<number>(records).fill(0));
  record.forEach((at, i) => {
    shares[member[i]][at] = weight[i];
  });
  return names.map((name, m) => ({ name, shares: shares[m] }));
}

/** The largest with their names, and the rest as one. */
function folded(members: readonly Met[], records: number): Pick<MetByPlayer, 'members' | 'others'> {
  if (members.length <= namedMembers + 1) return { members };
  const largest = [...members].sort((a, b) => total(b.shares) - total(a.shares)).slice(0, namedMembers);
  const rest = members.filter((member) => !largest.includes(member));
  const shares = Array.from({ length: records }, (_, k) => total(rest.map((member) => member.shares[k])));
  return { members: members.filter((member) => largest.includes(member)), others: { count: rest.length, shares } };
}

/** Equal for players who met as many, at the same times, with the same shares. */
function patternOf({ record, weight }: PopulationHistory): string {
  return JSON.stringify([record, weight]);
}

function playersOf(game: GameFacts, { series, temperature }: Bundle, { cell, history }: StoredRun): MetByPlayer[] {
  const alike = groupedBy(history.population ?? [], patternOf);
  return alike.map(([first, ...rest]) => ({
    series,
    temperature,
    seed: cell.seed,
    player: game.roleNames[first.role] ?? '',
    forAll: alike.length === 1 && rest.length > 0,
    steps: history.step,
    ...folded(membersOf(first, history.step.length), history.step.length),
  }));
}

/** Whether shares change after the start. */
export function changes({ members, others }: MetByPlayer): boolean {
  return [...members, ...(others === undefined ? [] : [others])].some(({ shares }) =>
    shares.some((share) => Math.abs(share - shares[0]) > 1e-6),
  );
}

/** Whom the players of each series met, one run each; players who met alike are told once. */
export function metByPlayers(game: GameFacts, bundles: readonly Bundle[]): MetByPlayer[] {
  const shown = shownRuns(bundles, ({ history }) => (history.population ?? []).length > 0);
  return shown.flatMap(({ bundle, run }) => playersOf(game, bundle, run));
}
