import type { TopLevelSpec } from 'vega-lite';
import type { Colour, Dash, Layer, Position } from '../reports/charts/layer.ts';
import { type LogAxis, tightRange, wholeDecades } from '../reports/charts/log-axis.ts';
import { seriesColour, seriesShape } from '../reports/palette.ts';

/** A line of a benchmark figure: measured points, or a limit, dotted and without markers. */
export interface BenchmarkLine {
  readonly name: string;
  /** Place in the palette. */
  readonly slot: number;
  readonly style: 'solid' | 'dashed' | 'limit';
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface BenchmarkAxes {
  readonly xTitle: string;
  readonly yTitle: string;
  /** Ticks of the x axis, where the measured values are better than powers of ten. */
  readonly xTicks?: readonly number[];
  readonly description: string;
}

const tickText = "datum.value >= 1 ? format(datum.value, ',d') : format(datum.value, '~g')";
const dotted = [1.5, 3.5];

function scaled(axis: LogAxis, title: string, field: string, grid: boolean): Position {
  return {
    field,
    type: 'quantitative',
    title,
    scale: { type: 'log', domain: axis.domain, nice: false },
    axis: { values: axis.ticks, labelExpr: tickText, grid },
  };
}

/** Log–log lines with markers at what was measured. */
export function benchmarkChart(lines: readonly BenchmarkLine[], axes: BenchmarkAxes): TopLevelSpec {
  const points = lines.flatMap((line) => line.points);
  const rows = lines.flatMap(({ name, points: own }) => own.map(({ x, y }) => ({ s: name, x, y })));
  const xAxis = tightRange(points.map(({ x }) => x));
  const ticks = axes.xTicks === undefined ? xAxis.ticks : [...axes.xTicks];
  const x = scaled({ domain: xAxis.domain, ticks }, axes.xTitle, 'x', false);
  const y = scaled(wholeDecades(points.map((point) => point.y)), axes.yTitle, 'y', true);
  const domain = lines.map(({ name }) => name);
  const series = { field: 's', type: 'nominal', title: null } as const;
  const legend = { columns: 2, symbolSize: 400, symbolStrokeWidth: 2 };
  const colours = { domain, range: lines.map(({ slot }) => seriesColour(slot)) };
  const dashes = { solid: [1, 0], dashed: [6, 4], limit: dotted };
  const stroke: Colour = { ...series, scale: colours, legend };
  const strokeDash: Dash = { ...series, scale: { domain, range: lines.map(({ style }) => dashes[style]) }, legend };
  const curves: Layer = { mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, stroke, strokeDash } };
  // Markers without a scale of their own, so that the legend draws lines.
  const markers = lines.flatMap(({ name, slot, style }): Layer[] =>
    style === 'limit'
      ? []
      : [
          {
            transform: [{ filter: { field: 's', equal: name } }],
            mark: {
              type: 'point',
              size: 64,
              opacity: 1,
              shape: seriesShape(slot),
              fill: seriesColour(slot),
              stroke: 'var(--surface)',
              strokeWidth: 1,
            },
            encoding: { x, y },
          },
        ],
  );
  return {
    description: axes.description,
    background: 'var(--surface)',
    width: 760,
    height: 360,
    data: { values: rows },
    layer: [curves, ...markers],
  };
}
