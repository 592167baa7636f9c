import type { TopLevelSpec } from 'vega-lite';
import type { Convergence } from '../model/convergence.ts';
import { axisTitle, inWords } from '../vocabulary.ts';
import { temperatureText } from '../words.ts';
import { curvesChart } from './curves.ts';

/** A series by name; with its temperature where a figure holds several. */
export function curveName(series: { readonly label: string }, temperature: number, several: boolean): string {
  return several ? `${series.label} (${temperatureText(temperature)})` : series.label;
}

/** A gap against oracle calls on one game. */
export function convergenceChart(
  game: string,
  { curves, metric, temperatures, floor, tolerances }: Convergence,
): TopLevelSpec {
  const several = temperatures.length > 1;
  return curvesChart(
    curves.map(({ series, temperature, iterate, points }) => ({
      slot: series.slot,
      name: curveName(series, temperature, several),
      line: iterate,
      points,
    })),
    {
      yTitle: axisTitle(metric),
      floor,
      rules: tolerances.length <= 3 ? tolerances : [tolerances[0], tolerances[tolerances.length - 1]],
      height: 340,
      description: `${inWords(metric)} against oracle calls on ${game}`,
    },
  );
}
