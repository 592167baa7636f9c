import type { TopLevelSpec } from 'vega-lite';
import type { StoredRun } from '../../experiments/stored.ts';
import type { DrawnCurve } from '../../reports/charts/curve-rows.ts';
import { curvesChart } from '../../reports/charts/curves.ts';
import { summarise } from '../../reports/model/curve.ts';
import { columnOf } from '../../reports/model/gap.ts';
import { onPage } from './on-page.ts';

/** What some runs recorded, as one line: their median. */
export interface TimeCurve {
  readonly name: string;
  readonly runs: readonly StoredRun[];
  readonly metric: string;
}

export interface TimeCurvesOptions {
  readonly by: 'steps' | 'oracle calls';
  /** What the runs share, for the title of the horizontal axis. */
  readonly where: string;
  readonly yTitle: string;
  readonly floor: number;
  readonly description: string;
}

function drawn({ name, runs, metric }: TimeCurve, slot: number, by: TimeCurvesOptions['by']): DrawnCurve {
  const line = runs[0].cell.iterate === 'average' ? 'average' : 'last';
  const traces = runs.map((run) => {
    const values = columnOf(run, line, metric);
    if (values === undefined) throw new Error(`run ${run.id} did not record ${metric}`);
    const at = by === 'steps' ? run.history.step : run.history.oracleCalls;
    return { at, values, broken: run.result.code === 'non-finite' };
  });
  // Ranges of several methods cover each other; the tables have them.
  const points = summarise(traces).points.map((point) => ({ ...point, low: point.median, high: point.median }));
  return { slot, name, line, points };
}

/** Metrics against steps or oracle calls, as reports draw them, wide enough for a page. */
export function timeCurves(curves: readonly TimeCurve[], options: TimeCurvesOptions): TopLevelSpec {
  const { by, where, yTitle, floor, description } = options;
  const chart = curvesChart(
    curves.map((curve, slot) => drawn(curve, slot, by)),
    { xTitle: `${by} (${where})`, yTitle, floor, rules: [], height: 360, description },
  );
  return onPage(chart);
}
