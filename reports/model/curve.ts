import { median } from './spread.ts';

/** One run's recorded values of one quantity. */
export interface Trace {
  readonly calls: readonly number[];
  readonly values: readonly number[];
  /** A run that ended with numbers that are not finite has no value after its end; any other keeps its last one. */
  readonly broken: boolean;
}

/** Median and range over runs at one number of oracle calls. */
export interface CurvePoint {
  readonly calls: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Runs it summarises. */
  readonly runs: number;
}

/**
 * The oracle calls at which runs are compared: every one that was recorded, without the odd ends of runs that stopped
 * early (their last value shows from the next common point on).
 */
function commonCalls(traces: readonly Trace[]): number[] {
  const ends = traces.map(({ calls }) => calls[calls.length - 1]);
  const inner = new Set(traces.flatMap(({ calls }) => calls.slice(0, -1)));
  if (ends.length > 0) inner.add(ends.reduce((a, b) => Math.max(a, b)));
  return [...inner].sort((a, b) => a - b);
}

/** The last value recorded at or before each of the calls; `undefined` before the first and after a broken end. */
function held(trace: Trace, grid: readonly number[]): (number | undefined)[] {
  let next = 0;
  return grid.map((calls) => {
    while (next < trace.calls.length && trace.calls[next] <= calls) next++;
    const ended = next === trace.calls.length && calls > trace.calls[next - 1];
    return next === 0 || (ended && trace.broken) ? undefined : trace.values[next - 1];
  });
}

/** Pointwise median and range over runs. Points without a finite value are left out and counted in `notFinite`. */
export function summarise(traces: readonly Trace[]): { points: CurvePoint[]; notFinite: number } {
  const recorded = traces.filter(({ calls }) => calls.length > 0);
  const grid = commonCalls(recorded);
  const columns = recorded.map((trace) => held(trace, grid));
  const points = grid.flatMap((calls, i) => {
    const values = columns.map((column) => column[i]).filter((value) => value !== undefined && Number.isFinite(value));
    if (values.length === 0) return [];
    const known = values as number[];
    return [{ calls, median: median(known), low: Math.min(...known), high: Math.max(...known), runs: known.length }];
  });
  const notFinite = recorded.flatMap(({ values }) => values).filter((value) => !Number.isFinite(value)).length;
  return { points, notFinite };
}
