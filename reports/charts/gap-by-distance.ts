import type { TopLevelSpec } from 'vega-lite';
import type { GapAtDistance } from '../model/gap-by-distance.ts';
import { axisTitle } from '../vocabulary.ts';
import type { DrawnCurve } from './curve-rows.ts';
import { curvesChart } from './curves.ts';

/** Distances and gaps at or below this are drawn at it: nobody weighs them. */
export const leastDrawn = 1e-6;

export interface MarkedLine {
  readonly slot: number;
  readonly name: string;
  readonly marks: readonly Omit<GapAtDistance, 'temperature'>[];
}

export interface GapByDistanceOptions {
  readonly metric: string;
  /** Behind the title of the horizontal axis. */
  readonly where?: string;
  readonly height: number;
  readonly description: string;
}

/** How far a policy can be beaten against how far it went from its reference: a mark per temperature, joined per series. */
export function gapByDistanceChart(
  lines: readonly MarkedLine[],
  { metric, where, height, description }: GapByDistanceOptions,
): TopLevelSpec {
  const curves = lines.map(({ slot, name, marks }): DrawnCurve => {
    const points = marks.map(({ distance, gap }) => {
      const at = Math.max(distance, leastDrawn);
      return { at, median: gap, low: gap, high: gap, runs: 1 };
    });
    return { slot, name, line: 'last', points, everyMarker: true };
  });
  return curvesChart(curves, {
    xTitle: `${axisTitle('kl-to-reference')}${where === undefined ? '' : `, ${where}`}`,
    yTitle: axisTitle(metric),
    floor: leastDrawn,
    rules: [],
    height,
    description,
  });
}
