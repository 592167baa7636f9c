import { median } from './spread.ts';

/** One run's recorded values of one quantity. */
export interface Trace {
  /** Where each value was recorded: oracle calls or steps, rising. */
  readonly at: readonly number[];
  readonly values: readonly number[];
  /** No value after the end of the run, as when its numbers left the finite ones; any other run keeps its last value. */
  readonly broken: boolean;
}

/** Median and range over runs at one number of oracle calls, or steps. */
export interface CurvePoint {
  readonly at: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Runs it summarises. */
  readonly runs: number;
}

/**
 * The places at which runs are compared: every one that was recorded, without the odd ends of runs that stopped
 * early (their last value shows from the next common point on).
 */
function commonGrid(traces: readonly Trace[]): number[] {
  const ends = traces.map(({ at }) => at[at.length - 1]);
  const inner = new Set(traces.flatMap(({ at }) => at.slice(0, -1)));
  if (ends.length > 0) inner.add(ends.reduce((a, b) => Math.max(a, b)));
  return [...inner].sort((a, b) => a - b);
}

/** The last value recorded at or before each place; `undefined` before the first and after a broken end. */
function held(trace: Trace, grid: readonly number[]): (number | undefined)[] {
  let next = 0;
  return grid.map((place) => {
    while (next < trace.at.length && trace.at[next] <= place) next++;
    const ended = next === trace.at.length && place > trace.at[next - 1];
    return next === 0 || (ended && trace.broken) ? undefined : trace.values[next - 1];
  });
}

/** Pointwise median and range over runs. Points without a finite value are left out and counted in `notFinite`. */
export function summarise(traces: readonly Trace[]): { points: CurvePoint[]; notFinite: number } {
  const recorded = traces.filter(({ at }) => at.length > 0);
  const grid = commonGrid(recorded);
  const columns = recorded.map((trace) => held(trace, grid));
  const points = grid.flatMap((at, i) => {
    const values = columns.map((column) => column[i]).filter((value) => value !== undefined && Number.isFinite(value));
    if (values.length === 0) return [];
    const known = values as number[];
    return [{ at, median: median(known), low: Math.min(...known), high: Math.max(...known), runs: known.length }];
  });
  const notFinite = recorded.flatMap(({ values }) => values).filter((value) => !Number.isFinite(value)).length;
  return { points, notFinite };
}
