import { convergenceChart, curveName } from '../charts/convergence.ts';
import { figure } from '../html/figure.ts';
import { curveKey, legend, lineKey } from '../html/legend.ts';
import { isolated, type Markup } from '../html/markup.ts';
import { type Column, dataTable, thinned } from '../html/table.ts';
import type { Convergence, Curve } from '../model/convergence.ts';
import type { GameFacts } from '../model/game.ts';
import { capitalised, counted, formatNumber, listed } from '../number.ts';
import { inWords } from '../vocabulary.ts';
import { temperatureText, tolerancesText } from '../words.ts';

function caption(figure: Convergence): string {
  const { curves, floor, metric, tolerances, direct, notFinite } = figure;
  const runs = Math.max(...curves.map((curve) => curve.runs));
  const points = curves.flatMap((curve) => curve.points);
  const words = [`${inWords(metric)} at the recorded steps against oracle calls, both axes logarithmic.`];
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
  if (direct.length > 0) words.push(`Without a curve, because it asks no oracle: ${listed(direct)}.`);
  if (notFinite > 0) words.push(`${counted(notFinite, 'recorded value')} that are not finite cannot be drawn.`);
  const text = words.join(' ');
  return capitalised(text);
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

/** Gap against oracle calls. */
export function convergenceFigure(game: GameFacts, convergence: Convergence): Markup {
  const { curves, metric, temperatures } = convergence;
  const several = temperatures.length > 1;
  const name = (curve: Curve) => curveName(curve.series, curve.temperature, several);
  const keys = new Map(curves.map((curve) => [name(curve), curveKey(curve.series.slot, name(curve))]));
  const iterates = (['last', 'average'] as const).filter((iterate) =>
    curves.some((curve) => curve.iterate === iterate),
  );
  const at = several ? '' : `, ${temperatureText(temperatures[0])}`;
  return figure({
    title: `${capitalised(inWords(metric))} against oracle calls${at}`,
    legend: legend([...keys.values(), ...iterates.map((iterate) => lineKey(iterate, `${iterate} iterate`))]),
    panels: [{ chart: convergenceChart(game.name, convergence) }],
    caption: caption(convergence),
    table: table(curves, name),
  });
}
