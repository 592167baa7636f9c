import { convergenceChart } from '../charts/convergence.ts';
import { figure } from '../html/figure.ts';
import { curveKey, legend, lineKey } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { type Column, dataTable, thinned } from '../html/table.ts';
import type { Convergence, Curve } from '../model/convergence.ts';
import type { GameFacts } from '../model/game.ts';
import { capitalised, counted, formatNumber, listed, partText } from '../number.ts';
import { toldApart } from '../palette.ts';
import { inWords } from '../vocabulary.ts';
import { curveName, temperatureText, tolerancesText } from '../words.ts';

/** Whose curve a figure does not show. */
function onlyCurve({ curves, direct }: Convergence): string[] {
  if (direct.length === 0) return [];
  const [{ series }, ...others] = curves;
  const without = `Without a curve, because ${direct.length === 1 ? 'it asks' : 'they ask'} no oracle: ${listed(direct)}`;
  if (others.some((curve) => curve.series.slot !== series.slot)) return [`${without}.`];
  return [`Only the curve of ${series.label}. ${without}; their gaps stand in the table above.`];
}

function caption(figure: Convergence, meaning?: string): string {
  const { curves, floor, metric, tolerances, notFinite } = figure;
  const runs = Math.max(...curves.map((curve) => curve.runs));
  const points = curves.flatMap((curve) => curve.points);
  const words = [
    ...onlyCurve(figure),
    capitalised(`${inWords(metric)} at the recorded steps against oracle calls, both axes logarithmic.`),
    ...(meaning === undefined ? [] : [meaning]),
  ];
  if (runs > 1)
    words.push(
      `Lines: median over ${counted(runs, 'seed')}; bands: smallest to largest. A run that has stopped keeps its last value.`,
    );
  if (new Set(curves.map(({ series }) => series.slot)).size > 1)
    words.push('Where curves coincide, their markers alternate.');
  for (const { label, regulariser } of figure.regularisers)
    words.push(`For ${label} it is the gap of the game with ${regulariser} in place of reverse KL.`);
  if (tolerances.length > 0) words.push(`Dotted rule: the tolerance ${tolerancesText(tolerances)}.`);
  if (points.some((point) => point.at === 0)) words.push('The start (0 oracle calls) stands at the left edge.');
  if (points.some((point) => point.low <= floor))
    words.push(`Values at or below ${formatNumber(floor)}, exact zeros included, are drawn at ${formatNumber(floor)}.`);
  if (notFinite > 0) words.push(`${counted(notFinite, 'recorded value')} that are not finite cannot be drawn.`);
  return words.join(' ');
}

const columns: readonly Column[] = [
  { name: 'Solver' },
  { name: 'Iterate' },
  { name: 'Oracle calls', numeric: true },
  { name: 'Median', numeric: true },
  { name: 'Smallest', numeric: true },
  { name: 'Largest', numeric: true },
  { name: 'Runs', numeric: true },
];

function table(curves: readonly Curve[], name: (curve: Curve) => string): Markup {
  const all = curves.reduce((total, { points }) => total + points.length, 0);
  const rows = curves.flatMap((curve) =>
    thinned(curve.points, curve.points.length / all).map(({ at, median, low, high, runs }) => [
      isolated(name(curve)),
      curve.iterate,
      ...[at, median, low, high, runs].map(formatNumber),
    ]),
  );
  return dataTable(columns, rows, all);
}

/**
 * Gap against oracle calls; in several figures with the same axes where the series are more than can be told apart.
 * @param meaning what the metric is, where the word does not say it.
 */
export function convergenceFigures(game: GameFacts, convergence: Convergence, meaning?: string): Markup[] {
  const parts = toldApart(convergence.curves, ({ series }) => series.slot);
  return parts.map((curves, part) => partFigure(game, convergence, curves, partText(part, parts.length), meaning));
}

function partFigure(
  game: GameFacts,
  convergence: Convergence,
  curves: readonly Curve[],
  part: string,
  meaning?: string,
): Markup {
  const { metric, temperatures } = convergence;
  const several = temperatures.length > 1;
  const name = (curve: Curve) => curveName(curve.series, curve.temperature, several);
  const keys = new Map(curves.map((curve) => [name(curve), curveKey(curve.series.slot, name(curve))]));
  const iterates = (['last', 'average'] as const).filter((iterate) =>
    curves.some((curve) => curve.iterate === iterate),
  );
  const at = several ? '' : `, ${temperatureText(temperatures[0])}`;
  return figure({
    title: `${capitalised(inWords(metric))} against oracle calls${at}${part}`,
    legend: legend([...keys.values(), ...iterates.map((iterate) => lineKey(iterate, `${iterate} iterate`))]),
    panels: [{ chart: convergenceChart(game.name, convergence, curves) }],
    caption: caption({ ...convergence, curves }, meaning),
    table: table(curves, name),
  });
}
