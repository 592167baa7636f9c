import type { TopLevelSpec } from 'vega-lite';
import { seriesColour, seriesShape } from '../palette.ts';
import { curveRows, type DrawnCurve } from './curve-rows.ts';
import type { Colour, Dash, Layer, Position, Shape } from './layer.ts';
import { nameLayers } from './line-names.ts';

export interface CurvesOptions {
  readonly yTitle: string;
  /** Values at or below it are drawn at it. */
  readonly floor: number;
  /** Horizontal rules, largest first. */
  readonly rules: readonly number[];
  /** What a rule is; a tolerance by default. */
  readonly ruleName?: string;
  /** What the horizontal axis counts; oracle calls by default. */
  readonly xTitle?: string;
  /** Names stand at the lines: above the lines of no series, below those of one. */
  readonly named?: boolean;
  /** The curves that the axes hold: these and those of a chart beside it. */
  readonly framed?: readonly DrawnCurve[];
  readonly height: number;
  readonly description: string;
}

/** How the lines of a chart are told apart; the legend of the figure draws them alike. */
export const lineDashes: Readonly<Record<DrawnCurve['line'], readonly number[]>> = {
  last: [1, 0],
  average: [6, 4],
  bound: [1.5, 3.5],
};

/** Powers of ten as 1,000, 0.01 and 1e−5. */
export const tickText =
  "datum.value >= 0.01 && datum.value < 1e6 ? format(datum.value, ',~g') : replace(format(datum.value, '.0e'), '+', '')";

function ruleLayers(rules: readonly number[], name: string, y: Position): Layer[] {
  if (rules.length === 0) return [];
  const named = rules.filter((rule, i) => i === 0 || rules[i - 1] > 10 * rule);
  return [
    {
      data: { values: rules.map((rule) => ({ y: rule })) },
      mark: { type: 'rule', strokeDash: [2, 2], strokeWidth: 1.25 },
      encoding: { y },
    },
    {
      data: { values: named.map((rule) => ({ y: rule })) },
      mark: { type: 'text', text: name, align: 'left', baseline: 'bottom', dx: 4, dy: -3, fontSize: 11, x: 0 },
      encoding: { y, color: { value: 'var(--muted)' } },
    },
  ];
}

/** Log–log lines over oracle calls: the median as a line, the range over runs as a band, a marker shape per series. */
export function curvesChart(curves: readonly DrawnCurve[], options: CurvesOptions): TopLevelSpec {
  const { rows, x: xAxis, y: yAxis, start } = curveRows(curves, options.floor, options.rules, options.framed);
  const slots = new Map(curves.map(({ name, slot }) => [name, slot]));
  const series = { field: 's', type: 'nominal', title: null } as const;
  const domain = [...slots.keys()];
  const colours = [...slots.values()].map((slot) => (slot === undefined ? 'var(--muted)' : seriesColour(slot)));
  const color: Colour = { ...series, scale: { domain, range: colours } };
  const unowned = domain.filter((name) => slots.get(name) === undefined);
  const shapes = [...slots.values()].map((slot) => seriesShape(slot ?? 0));
  const shape: Shape = { ...series, scale: { domain, range: shapes } };
  const lines = (['last', 'average', 'bound'] as const).filter((line) => curves.some((curve) => curve.line === line));
  const strokeDash: Dash = {
    field: 'l',
    type: 'nominal',
    title: null,
    scale: { domain: lines, range: lines.map((line) => [...lineDashes[line]]) },
    // One kind of line needs no key.
    ...(lines.length > 1 ? {} : { legend: null }),
  };
  const x: Position = {
    field: 'x',
    type: 'quantitative',
    title: options.xTitle ?? 'oracle calls',
    scale: { type: 'log', domain: xAxis.domain, nice: false },
    axis: { values: xAxis.ticks, labelExpr: `datum.value === ${start} ? '0' : ${tickText}`, grid: false },
  };
  const scale = { type: 'log', domain: yAxis.domain, nice: false } as const;
  const axis = { values: yAxis.ticks, labelExpr: tickText };
  const y: Position = { field: 'y', type: 'quantitative', title: options.yTitle, scale, axis };
  const low: Position = { field: 'lo', type: 'quantitative', title: options.yTitle, scale, axis };
  const band: Layer = {
    mark: { type: 'area', opacity: 0.16 },
    encoding: { x, y: low, y2: { field: 'hi' }, color, detail: { field: 'l' } },
  };
  const banded = rows.some(({ lo, hi }) => lo < hi);
  return {
    description: options.description,
    width: 640,
    height: options.height,
    data: { values: banded ? rows : rows.map(({ lo: _low, hi: _high, ...row }) => row) },
    layer: [
      ...(banded ? [band] : []),
      { mark: { type: 'line', strokeWidth: 2, strokeJoin: 'round' }, encoding: { x, y, color, strokeDash } },
      {
        transform: [{ filter: 'datum.m === 1' }],
        mark: { type: 'point', filled: true, size: 62, opacity: 1, stroke: 'var(--surface)', strokeWidth: 1 },
        encoding: { x, y, color, shape },
      },
      ...ruleLayers(options.rules, options.ruleName ?? 'tolerance', y),
      ...(options.named === true ? nameLayers(rows, options.floor, unowned, { x, y, color }) : []),
    ],
  };
}
