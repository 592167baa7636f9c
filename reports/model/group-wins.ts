import type { StoredRun } from '../../experiments/stored.ts';
import type { GameFacts, JudgeGroup } from './game.ts';
import type { Bundle } from './groups.ts';
import type { Series } from './series.ts';
import { spreadOf } from './spread.ts';

/** How often every group prefers one series' answer to the reference. */
export interface GroupWins {
  readonly series: Series;
  readonly temperature: number;
  readonly runs: number;
  /** Median win rate per group, in the order of the groups. */
  readonly rates: readonly number[];
  /** Their mean with the groups' shares. */
  readonly pooled: number;
  /** Index of the group with the smallest rate; the first of equals. */
  readonly worst: number;
}

export interface GroupWinsFigure {
  readonly groups: readonly JudgeGroup[];
  readonly answers: readonly GroupWins[];
}

function ratesOf(run: StoredRun, groups: number): readonly number[] | undefined {
  const rates = run.iterates[run.cell.iterate]?.metrics['group-win-rates'];
  const usable = Array.isArray(rates) && rates.length === groups && rates.every(Number.isFinite);
  return usable ? (rates as readonly number[]) : undefined;
}

/** The win rates of the certified iterates; nothing for games without groups. */
export function groupWins({ groups }: GameFacts, bundles: readonly Bundle[]): GroupWinsFigure | undefined {
  if (groups === undefined) return undefined;
  const answers = bundles.flatMap(({ series, temperature, runs }): GroupWins[] => {
    const found = runs.flatMap((run) => {
      const rates = ratesOf(run, groups.length);
      return rates === undefined ? [] : [rates];
    });
    if (found.length === 0) return [];
    const rates = groups.map((_, g) => spreadOf(found.map((own) => own[g]))?.median ?? Number.NaN);
    const pooled = groups.reduce((sum, { share }, g) => sum + share * rates[g], 0);
    return [{ series, temperature, runs: found.length, rates, pooled, worst: rates.indexOf(Math.min(...rates)) }];
  });
  return answers.length === 0 ? undefined : { groups, answers };
}
