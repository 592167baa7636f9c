import type { TopLevelSpec } from 'vega-lite';
import type { Convergence, Curve } from '../model/convergence.ts';
import { axisTitle, inWords } from '../vocabulary.ts';
import { curveName } from '../words.ts';
import type { DrawnCurve } from './curve-rows.ts';
import { curvesChart } from './curves.ts';

/**
 * A gap against oracle calls on one game.
 * @param part the curves that are drawn, on the axes of all.
 */
export function convergenceChart(
  game: string,
  { curves, metric, temperatures, floor, tolerances }: Convergence,
  part: readonly Curve[] = curves,
): TopLevelSpec {
  const several = temperatures.length > 1;
  const drawn = ({ series, temperature, iterate, points }: Curve): DrawnCurve => ({
    slot: series.slot,
    name: curveName(series, temperature, several),
    line: iterate,
    points,
  });
  return curvesChart(part.map(drawn), {
    framed: curves.map(drawn),
    yTitle: axisTitle(metric),
    floor,
    rules: tolerances.length <= 3 ? tolerances : [tolerances[0], tolerances[tolerances.length - 1]],
    height: 340,
    description: `${inWords(metric)} against oracle calls on ${game}`,
  });
}
