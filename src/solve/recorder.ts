import { type Measurement, metricValues } from './measure.ts';
import { type HostProfile, rowsOfRun } from './problem.ts';
import type { History, IterateSolution } from './solution.ts';

/** Paths are kept for games that fit on a triangle. */
const pathActions = 3;

interface Curves {
  readonly step: number[];
  readonly oracleCalls: number[];
  readonly columns: Record<string, number[]>;
  readonly path: Partial<Record<'last' | 'average', (readonly (readonly number[])[])[]>>;
}

export interface Recorder {
  /** Opens a record for the runs still going. */
  open(run: number, step: number, oracleCalls: number): void;
  note(run: number, iterate: 'last' | 'average', log: HostProfile, measurement: Measurement): void;
  column(run: number, name: string): readonly number[] | undefined;
  push(run: number, name: string, value: number): void;
  history(run: number): History;
}

/** Collects curves by column, per run. */
export function recorder(actions: readonly number[], runs: number): Recorder {
  const all: Curves[] = Array.from({ length: runs }, () => ({ step: [], oracleCalls: [], columns: {}, path: {} }));
  const keepPath = actions.every((count) => count <= pathActions);
  const push = (run: number, name: string, value: number): void => {
    const { columns } = all[run];
    columns[name] ??= [];
    columns[name].push(value);
  };
  return {
    open(run, step, oracleCalls) {
      all[run].step.push(step);
      all[run].oracleCalls.push(oracleCalls);
    },
    note(run, iterate, log, measurement) {
      for (const name in measurement.values) push(run, `${iterate}/${name}`, measurement.values[name][run]);
      if (!keepPath) return;
      const { path } = all[run];
      path[iterate] ??= [];
      path[iterate].push(rowsOfRun(log, actions, run).map((row) => Array.from(row, Math.exp)));
    },
    column: (run, name) => all[run].columns[name],
    push,
    history(run) {
      const { step, oracleCalls, columns, path } = all[run];
      return keepPath ? { step, oracleCalls, columns, path } : { step, oracleCalls, columns };
    },
  };
}

/** One run's iterate with its certificate. */
export function iterateSolution(
  log: HostProfile,
  actions: readonly number[],
  run: number,
  measurement: Measurement,
): IterateSolution {
  const rows = rowsOfRun(log, actions, run);
  return {
    profile: rows.map((row) => Array.from(row, Math.exp)),
    logProfile: rows.map((row) => Array.from(row)),
    metrics: metricValues(measurement, run),
  };
}
