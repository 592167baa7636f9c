import { curvesChart } from '../charts/curves.ts';
import { figure, type Panel } from '../html/figure.ts';
import { curveKey, legend, lineKey } from '../html/legend.ts';
import { html, isolated, type Markup } from '../html/markup.ts';
import { type Column, dataTable, thinned } from '../html/table.ts';
import type { CurvePoint } from '../model/curve.ts';
import { evenly } from '../model/evenly.ts';
import type { Theorem, TheoryCurves, TheoryRow } from '../model/theory.ts';
import { capitalised, counted, formatNumber } from '../number.ts';
import { axisTitle, inWords } from '../vocabulary.ts';
import { guaranteeText, ofRuns, temperatureText } from '../words.ts';
import { rateText } from './rate-words.ts';
import { anchorOf } from './trials.ts';

/** Points that a line is drawn from: more cannot be told apart, and thousands of runs make a small page. */
const drawnPoints = 80;

/** Ratios below this are drawn at it: how far below its bound a value is shows in the other panels. */
const ratioFloor = 1e-6;

function ratioPanel({ series, ratios, theorem, runs }: TheoryRow, { iterate }: Theorem): Panel {
  return {
    title: 'Measured value over bound, all runs',
    chart: curvesChart(
      [
        {
          slot: series.slot,
          name: runs > 1 ? 'median' : 'measured ÷ bound',
          line: iterate,
          points: evenly(ratios, drawnPoints),
        },
      ],
      {
        xTitle: 'steps',
        yTitle: 'measured ÷ bound',
        floor: ratioFloor,
        rules: [1],
        ruleName: 'bound',
        named: true,
        height: 220,
        description: `measured value over bound against steps: ${series.label}, ${theorem?.statement}`,
      },
    ),
  };
}

function curvesPanel({ series, rates }: TheoryRow, { metric, iterate }: Theorem, curves: TheoryCurves): Panel {
  const { temperature, runs, measured, bound, floor } = curves;
  const rate = rates.find((one) => one.temperature === temperature);
  return {
    title: `${capitalised(inWords(metric))}, ${temperatureText(temperature)}, ${counted(runs, 'run')}`,
    note: rate === undefined ? undefined : capitalised(rateText(rate)),
    chart: curvesChart(
      [
        { slot: series.slot, name: 'measured', line: iterate, points: evenly(measured, drawnPoints) },
        { name: 'bound', line: 'bound', points: evenly(bound, drawnPoints) },
      ],
      {
        xTitle: 'steps',
        yTitle: axisTitle(metric),
        floor,
        rules: [],
        named: true,
        height: 220,
        description: `${inWords(metric)} of the ${iterate} iterate and its bound against steps, ${temperatureText(temperature)}: ${series.label}`,
      },
    ),
  };
}

const columns: readonly Column[] = [
  { name: 'Temperature' },
  { name: 'Step', numeric: true },
  { name: 'Runs', numeric: true },
  { name: 'Measured', numeric: true },
  { name: 'Smallest', numeric: true },
  { name: 'Largest', numeric: true },
  { name: 'Bound', numeric: true },
];

const ratioColumns: readonly Column[] = [
  { name: 'Step', numeric: true },
  { name: 'Runs', numeric: true },
  { name: 'Median ratio', numeric: true },
  { name: 'Smallest', numeric: true },
  { name: 'Largest', numeric: true },
];

function spreadCells({ at, runs, median, low, high }: CurvePoint): string[] {
  return [at, runs, median, low, high].map(formatNumber);
}

function tables({ curves, ratios }: TheoryRow): Markup {
  const rows = curves.flatMap(({ temperature, measured, bound }) => {
    const limits = new Map(bound.map(({ at, median }) => [at, median]));
    return measured.map((point) => {
      const limit = limits.get(point.at);
      return [temperatureText(temperature), ...spreadCells(point), limit === undefined ? 'none' : formatNumber(limit)];
    });
  });
  const own = dataTable(columns, thinned(rows, 0.4), rows.length, 'measured values and bounds');
  if (ratios.length === 0) return own;
  const shown = thinned(ratios, 0.2);
  return html`${own}
${dataTable(ratioColumns, shown.map(spreadCells), ratios.length, 'ratios')}`;
}

function caption({ metric, iterate }: Theorem, { ratios, curves }: TheoryRow): string {
  const runs = curves.reduce((total, one) => total + one.runs, 0);
  const lines = runs > 1 ? ' Lines: median over the runs that are still going; bands: smallest to largest.' : '';
  const clipped = ratios.some(({ low }) => low <= ratioFloor)
    ? ` Ratios at or below ${formatNumber(ratioFloor)} are drawn at ${formatNumber(ratioFloor)}.`
    : '';
  const floored = curves.find(({ measured, floor }) => measured.some(({ low }) => low <= floor));
  const atFloor =
    floored === undefined
      ? ''
      : ` Values at or below ${formatNumber(floored.floor)} are drawn at ${formatNumber(floored.floor)}.`;
  return `${capitalised(inWords(metric))} of the ${iterate} iterate at the recorded steps beside the bound, all axes logarithmic.${lines} Ratios are shown after the start; a value at rounding counts as 0.${clipped}${atFloor}`;
}

function theoremFigure(row: TheoryRow, theorem: Theorem): Markup | undefined {
  const { series, curves, ratios } = row;
  const drawn = curves.filter(({ measured, bound }) => measured.length > 0 && bound.length > 0);
  if (drawn.length === 0) return undefined;
  return figure({
    title: `Measured values against the bound: ${series.label}`,
    legend: legend([curveKey(series.slot, `measured, ${theorem.iterate} iterate`), lineKey('bound', 'bound')]),
    panels: [
      ...(ratios.length === 0 ? [] : [ratioPanel(row, theorem)]),
      ...drawn.map((one) => curvesPanel(row, theorem, one)),
    ],
    caption: caption(theorem, row),
    table: tables(row),
  });
}

/** One theorem on trial: what it says, what became of it, and its curves; nothing where none is stated. */
export function theoremSection(row: TheoryRow, number: number): Markup | undefined {
  const { series, theorem, games, runs, counts, reasons } = row;
  if (theorem === undefined) return undefined;
  const held = counts.within + counts.violated;
  const tested = held === 0 ? 'no run tested it' : `${counted(held, 'run')} tested it`;
  const lines = reasons.map((reason) => html`<li>${ofRuns(guaranteeText(reason), reason.count, runs)}</li>`);
  return html`<section id="${anchorOf(number)}">
<h2>${isolated(series.label)}</h2>
<p class="description">${isolated(theorem.statement)}</p>
<p class="facts">${isolated(theorem.source)}. ${counted(games, 'game')}, ${counted(runs, 'run')}; ${tested}${counts.violated === 0 ? '' : html`, <strong class="violated">VIOLATED in ${formatNumber(counts.violated)}</strong>`}.</p>
${lines.length === 0 ? undefined : html`<ul class="facts">${lines}</ul>`}
${theoremFigure(row, theorem)}</section>
`;
}
