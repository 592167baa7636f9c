import type { StoredRun } from '../../experiments/stored.ts';
import { type CurvePoint, summarise, type Trace } from './curve.ts';
import type { GameFacts } from './game.ts';
import { columnOf, floorOf, mainGap, regulariserOf, sharedGap } from './gap.ts';
import { type Bundle, type FigureGroup, iterated } from './groups.ts';
import type { Series } from './series.ts';

export interface Curve {
  readonly series: Series;
  readonly temperature: number;
  readonly iterate: 'last' | 'average';
  readonly runs: number;
  readonly points: readonly CurvePoint[];
}

/** A gap against oracle calls. */
export interface Convergence {
  readonly metric: string;
  readonly temperatures: readonly number[];
  readonly curves: readonly Curve[];
  readonly tolerances: readonly number[];
  /** Series whose gap is that of a game with another regulariser than reverse KL. */
  readonly regularisers: readonly { readonly label: string; readonly regulariser: string }[];
  /** Values at or below this are drawn at it. */
  readonly floor: number;
  /** Series that took no oracle call and have no curve. */
  readonly direct: readonly string[];
  /** Recorded values that are not finite and cannot be drawn. */
  readonly notFinite: number;
}

export function traceOf(run: StoredRun, values: readonly number[]): Trace {
  return { at: run.history.oracleCalls, values, broken: run.result.code === 'non-finite' };
}

/** Each series once, over its temperatures. */
function regularisersOf(bundles: readonly Bundle[], metric: string): Convergence['regularisers'] {
  const labelled = bundles.flatMap(({ series: { label }, runs: [run] }): [string, string][] => {
    const regulariser = regulariserOf(run, metric);
    return regulariser === undefined ? [] : [[label, regulariser]];
  });
  return [...new Map(labelled)].map(([label, regulariser]) => ({ label, regulariser }));
}

/** The curves of one metric; nothing where each would be a single point. */
export function curvesOf(game: GameFacts, owners: readonly Bundle[], metric: string): Convergence | undefined {
  let notFinite = 0;
  const bundles = iterated(owners);
  const curves = bundles.flatMap(({ series, temperature, runs }) =>
    (['last', 'average'] as const).flatMap((iterate): Curve[] => {
      const traces = runs.flatMap((run) => {
        const column = columnOf(run, iterate, metric);
        return column === undefined ? [] : [traceOf(run, column)];
      });
      const summary = summarise(traces);
      notFinite += summary.notFinite;
      if (summary.points.length === 0) return [];
      return [{ series, temperature, iterate, runs: traces.length, points: summary.points }];
    }),
  );
  // A point alone says no more than the table of verdicts.
  if (!curves.some(({ points }) => points.length > 1)) return undefined;
  const judged = bundles.flatMap(({ runs }) => runs.filter((run) => mainGap(run) === metric));
  const tolerances = new Set(judged.map((run) => run.cell.tolerance).filter((tolerance) => tolerance > 0));
  return {
    metric,
    temperatures: [...new Set(curves.map((curve) => curve.temperature))].sort((a, b) => a - b),
    curves,
    tolerances: [...tolerances].sort((a, b) => b - a),
    regularisers: regularisersOf(bundles, metric),
    floor: floorBelow(tolerances, floorOf(game, metric)),
    direct: [...new Set(owners.filter((bundle) => !bundles.includes(bundle)).map(({ series }) => series.label))],
    notFinite,
  };
}

/** The end of an axis, moved down to a decade below the smallest tolerance, so that a run is seen to pass it. */
function floorBelow(tolerances: ReadonlySet<number>, floor: number): number {
  const least = Math.min(...tolerances);
  return least > 10 * floor ? floor : Number(`1e${Math.floor(Math.log10(least)) - 1}`);
}

/** One figure at one temperature; at several, one of a gap that all share and one of each gap that some are judged by. */
export function convergenceFigures(game: GameFacts, group: FigureGroup): Convergence[] {
  const runs = group.bundles.flatMap((bundle) => bundle.runs);
  const judged = runs.map(mainGap).filter((metric) => metric !== undefined);
  const shared = group.temperature === undefined ? sharedGap(runs) : undefined;
  const metrics = new Set(shared === undefined ? judged : [shared, ...judged]);
  return [...metrics].flatMap((metric) => {
    const owners =
      metric === shared
        ? group.bundles
        : group.bundles.filter((bundle) => bundle.runs.some((run) => mainGap(run) === metric));
    return curvesOf(game, owners, metric) ?? [];
  });
}
