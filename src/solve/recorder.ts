import { copyInto } from '../numerics/copy.ts';
import type { Reading } from './measure.ts';
import type { History, IterateSolution, MetricValues } from './solution.ts';

/** The iterates that are measured as they come; the best one is a last one of some step. */
export type MeasuredIterate = 'last' | 'average';

/** Paths are kept for games that fit on a triangle. */
const pathActions = 3;

/** Roles whose best-response gains are curves of their own, where there are several. */
const mostOwnCurves = 6;

/** Column of the best-response gain of a role, counted from 0. */
export function improvementColumn(role: number): string {
  return `player-improvement of player ${role + 1}`;
}

/** When a check was made. */
export interface CheckTime {
  readonly step: number;
  readonly oracleCalls: number;
}

/** Curves of a batch by column; a run's own are the first records of its rows. */
export interface Recorder {
  /** Opens a record per check, of all runs. @returns the index of the first, from 0. */
  open(checks: readonly CheckTime[]): number;
  /** Notes so many records from `record` on; the reading has the rows of all runs at the first, then those at the second, … */
  note(iterate: MeasuredIterate, reading: Reading, record: number, count: number): void;
  /** Values of one metric of an iterate, one per record up to `records`; nothing where it is not measured. */
  column(iterate: MeasuredIterate, metric: string, run: number, records: number): number[] | undefined;
  value(iterate: MeasuredIterate, metric: string, run: number, record: number): number;
  steps(records: number): number[];
  oracleCalls(record: number): number;
  /** All metrics of an iterate at one record. */
  metrics(iterate: MeasuredIterate, run: number, record: number): MetricValues;
  history(run: number, records: number): History;
}

/**
 * One run's iterate with its certificate.
 * @param log log-probabilities per role, `[A_role]`. @param gains best-response gain per seat.
 */
export function iterateSolution(
  log: readonly Float64Array[],
  metrics: MetricValues,
  gains: readonly number[],
): IterateSolution {
  return {
    profile: log.map((values) => Array.from(values, Math.exp)),
    logProfile: log.map((values) => Array.from(values)),
    metrics: { ...metrics, 'player-improvements': gains },
  };
}

/** A list of rows of equal width that grows by doubling. */
interface Rows {
  readonly width: number;
  data: Float64Array;
}

function rows(width: number, records: number): Rows {
  return { width, data: new Float64Array(records * width) };
}

/** One number of each of the first records, one of `width`; a list made so takes a tenth of the time of Array.from. */
function listed({ data, width }: Rows, index: number, records: number): number[] {
  const values = new Array<number>(records);
  for (let k = 0; k < records; k++) values[k] = data[k * width + index];
  return values;
}

function room(list: Rows, records: number): void {
  if (records * list.width <= list.data.length) return;
  const grown = new Float64Array(Math.max(2 * list.data.length, records * list.width));
  grown.set(list.data);
  list.data = grown;
}

/** Writes so many rows from `record` on. */
function write(list: Rows, values: Float64Array, record: number, count: number): void {
  room(list, record + count);
  copyInto(list.data, values, record * list.width, 0, count * list.width);
}

/** @param records how many there will be, where that is known: room for them is made at once. */
export function recorder(actions: readonly number[], runs: number, metrics: readonly string[], records = 8): Recorder {
  const step = rows(1, records);
  const calls = rows(1, records);
  let opened = 0;
  const curves: Partial<Record<MeasuredIterate, Rows[]>> = {};
  const paths: Partial<Record<MeasuredIterate, Rows[]>> = {};
  const keepPath = actions.every((count) => count <= pathActions);
  const ownCurves = actions.length > 1 && actions.length <= mostOwnCurves;
  const names = ownCurves ? [...metrics, ...actions.map((_, role) => improvementColumn(role))] : metrics;

  const pathOf = (roles: readonly Rows[], run: number, records: number): number[][][] =>
    Array.from({ length: records }, (_, k) =>
      roles.map(({ width, data }) => {
        const from = k * width + (run * width) / runs;
        return Array.from(data.subarray(from, from + width / runs), Math.exp);
      }),
    );
  const eachIterate = <T>(of: Partial<Record<MeasuredIterate, Rows[]>>, take: (list: Rows[]) => T) =>
    Object.fromEntries(Object.entries(of).map(([iterate, list]) => [iterate, take(list)]));

  return {
    open(checks) {
      const first = opened;
      opened += checks.length;
      room(step, opened);
      room(calls, opened);
      for (let k = 0; k < checks.length; k++) {
        step.data[first + k] = checks[k].step;
        calls.data[first + k] = checks[k].oracleCalls;
      }
      return first;
    },
    note(iterate, { values, log, gains }, record, count) {
      let columns = curves[iterate];
      if (columns === undefined) {
        columns = names.map(() => rows(runs, records));
        curves[iterate] = columns;
      }
      for (let k = 0; k < columns.length; k++)
        write(columns[k], k < values.length ? values[k] : gains[k - values.length], record, count);
      if (!keepPath) return;
      paths[iterate] ??= actions.map((actionsOf) => rows(runs * actionsOf, records));
      const roles = paths[iterate];
      for (let role = 0; role < roles.length; role++) write(roles[role], log[role], record, count);
    },
    column(iterate, metric, run, records) {
      const list = curves[iterate]?.[metrics.indexOf(metric)];
      return list && listed(list, run, records);
    },
    value(iterate, metric, run, record) {
      return curves[iterate]?.[metrics.indexOf(metric)]?.data[record * runs + run] ?? Number.NaN;
    },
    steps: (records) => listed(step, 0, records),
    oracleCalls: (record) => calls.data[record],
    metrics(iterate, run, record) {
      return Object.fromEntries(
        metrics.map((name, k) => [name, (curves[iterate] as Rows[])[k].data[record * runs + run]]),
      );
    },
    history(run, records) {
      const columns = Object.entries(curves).flatMap(([iterate, list]) =>
        list.map((column, k): [string, number[]] => [`${iterate}/${names[k]}`, listed(column, run, records)]),
      );
      return {
        step: listed(step, 0, records),
        oracleCalls: listed(calls, 0, records),
        columns: Object.fromEntries(columns),
        ...(keepPath ? { path: eachIterate(paths, (roles) => pathOf(roles, run, records)) } : {}),
      };
    },
  };
}
