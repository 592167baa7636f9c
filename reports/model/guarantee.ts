import type { GuaranteeRecord, StoredRun } from '../../experiments/stored.ts';
import { traceOf } from './convergence.ts';
import type { CurvePoint } from './curve.ts';
import { summarise } from './curve.ts';
import type { GameFacts } from './game.ts';
import { boundOf, columnOf, floorOf } from './gap.ts';
import { type Bundle, groupedBy } from './groups.ts';
import type { Series } from './series.ts';

/** How many runs ended with one status. */
export interface GuaranteeCount {
  readonly status: GuaranteeRecord['status'];
  /** The first of several begins with `for example`: on games that seeds drew each run may have its own. */
  readonly reason?: string;
  readonly count: number;
}

const order: readonly GuaranteeRecord['status'][] = ['violated', 'unmeasured', 'outside', 'within'];

/** Why a theorem does not speak; or why a weaker one does. */
function reasonOf({ reason, missed }: GuaranteeRecord): string | undefined {
  return reason ?? (missed === undefined ? undefined : `a weaker theorem’s, since ${missed}`);
}

/** One entry for records of one status: what they share, and how many they are. */
function countOf(records: readonly GuaranteeRecord[]): GuaranteeCount {
  const [first, ...others] = new Set(records.map(reasonOf));
  const reason = first === undefined ? {} : { reason: others.length === 0 ? first : `for example, ${first}` };
  return { status: records[0].status, ...reason, count: records.length };
}

/** What became of the guarantee in each of the runs, worst first. */
export function guaranteeCounts(runs: readonly StoredRun[]): GuaranteeCount[] {
  const records = runs.flatMap((run) => run.guarantee ?? []);
  return groupedBy(records, ({ status }) => status)
    .map(countOf)
    .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

/** The same with an entry per reason, most frequent first; reasons that differ by their numbers only are one. */
export function reasonCounts(records: readonly GuaranteeRecord[]): GuaranteeCount[] {
  return groupedBy(
    records,
    (record) => `${record.status} ${(reasonOf(record) ?? '').replace(/\d[\d.]*(e[+-]?\d+)?/g, '0')}`,
  )
    .map(countOf)
    .sort((a, b) => b.count - a.count);
}

/** A theorem's bound beside what was measured. */
export interface GuaranteePanel {
  readonly series: Series;
  readonly temperature: number;
  readonly metric: string;
  readonly iterate: 'last' | 'average';
  readonly statement: string;
  readonly source: string;
  readonly counts: readonly GuaranteeCount[];
  readonly measured: readonly CurvePoint[];
  readonly bound: readonly CurvePoint[];
  readonly floor: number;
}

function panel(game: GameFacts, { series, temperature, runs }: Bundle): GuaranteePanel[] {
  const record = runs.find((run) => run.guarantee !== undefined)?.guarantee;
  if (record === undefined) return [];
  const drawn = runs.flatMap((run) => {
    const bound = boundOf(run);
    const measured = columnOf(run, record.iterate, record.metric);
    return bound === undefined || measured === undefined ? [] : [{ run, bound, measured }];
  });
  const measured = summarise(drawn.map(({ run, measured: values }) => traceOf(run, values))).points;
  const bound = summarise(drawn.map(({ run, bound: values }) => traceOf(run, values))).points;
  if (measured.length === 0 || bound.length === 0) return [];
  const { metric, iterate, statement, source } = record;
  const counts = guaranteeCounts(runs);
  const floor = floorOf(game, metric);
  return [{ series, temperature, metric, iterate, statement, source, counts, measured, bound, floor }];
}

/** One panel per series and temperature whose runs recorded a bound and the value it bounds. */
export function guaranteePanels(game: GameFacts, bundles: readonly Bundle[]): GuaranteePanel[] {
  return bundles.flatMap((bundle) => panel(game, bundle));
}
