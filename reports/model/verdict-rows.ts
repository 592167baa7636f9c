import type { IterateName, StoredRun } from '../../experiments/stored.ts';
import type { ResultCode } from '../../src/solve/solution.ts';
import { finalMetric, mainGap, regulariserOf, sharedGap } from './gap.ts';
import { type Bundle, groupedBy } from './groups.ts';
import { type GuaranteeCount, guaranteeCounts } from './guarantee.ts';
import type { Series } from './series.ts';
import { type Spread, spreadOf } from './spread.ts';

export interface NamedSpread {
  readonly metric: string;
  /** R of the regularised game, where it is not reverse KL. */
  readonly regulariser?: string;
  readonly spread: Spread;
}

/** How many runs ended in one way. */
export interface ResultCount {
  readonly code: ResultCode;
  /** A run without tolerance was asked to use all its steps. */
  readonly tolerance: number;
  /** Distinct reasons given. */
  readonly reasons: readonly string[];
  readonly count: number;
}

/** What came out of the runs of one series on one game at one temperature. */
export interface VerdictRow {
  readonly series: Series;
  readonly temperature: number;
  readonly iterate: IterateName;
  readonly runs: number;
  readonly calls: Spread;
  /** The gap the runs are judged by. */
  readonly gap?: NamedSpread;
  /** A gap of the game without regularisation. */
  readonly original?: NamedSpread;
  readonly results: readonly ResultCount[];
  readonly guarantees: readonly GuaranteeCount[];
}

function resultCounts(runs: readonly StoredRun[]): ResultCount[] {
  const key = ({ result, cell }: StoredRun) => `${result.code} ${cell.tolerance > 0}`;
  return groupedBy(runs, key).map((group) => ({
    code: group[0].result.code,
    tolerance: group[0].cell.tolerance,
    reasons: [...new Set(group.flatMap(({ result }) => result.reason ?? []))],
    count: group.length,
  }));
}

function finalSpread(runs: readonly StoredRun[], metric: string | undefined): NamedSpread | undefined {
  if (metric === undefined) return undefined;
  const spread = spreadOf(runs.flatMap((run) => finalMetric(run, metric) ?? []));
  if (spread === undefined) return undefined;
  const regulariser = regulariserOf(runs[0], metric);
  return { metric, ...(regulariser === undefined ? {} : { regulariser }), spread };
}

export function verdictRow({ series, temperature, runs }: Bundle): VerdictRow {
  const gap = finalSpread(runs, mainGap(runs[0]));
  const original = finalSpread(runs, sharedGap(runs));
  return {
    series,
    temperature,
    iterate: runs[0].cell.iterate,
    runs: runs.length,
    calls: spreadOf(runs.map((run) => run.result.oracleCalls)) as Spread,
    ...(gap === undefined ? {} : { gap }),
    ...(original === undefined ? {} : { original }),
    results: resultCounts(runs),
    guarantees: guaranteeCounts(runs),
  };
}
