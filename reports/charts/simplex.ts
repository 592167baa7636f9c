import type { TopLevelSpec } from 'vega-lite';
import type { SimplexPanel, SimplexPoint } from '../model/simplex.ts';
import { seriesColour } from '../palette.ts';
import type { Layer, Position } from './layer.ts';

const height = Math.sqrt(3) / 2;
/** Room around the triangle for the corner labels, in sides of the triangle. */
export const simplexMargin = { x: 0.04, y: 0.1 };
/** Height of a panel as a share of its width. */
export const simplexAspect = (height + 2 * simplexMargin.y) / (1 + 2 * simplexMargin.x);

const corners = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 0.5, y: height },
  { x: 0, y: 0 },
].map((corner, o) => ({ ...corner, o }));

function ends(points: readonly SimplexPoint[]) {
  const [first, last] = [points[0], points[points.length - 1]];
  return first === undefined
    ? []
    : [
        { ...position(first), e: 'start' },
        { ...position(last), e: 'end' },
      ];
}

function position({ x, y, step }: SimplexPoint) {
  return { x, y, o: step };
}

/** One policy's way over a triangle. */
export interface TrianglePath extends Pick<SimplexPanel, 'last' | 'average'> {
  readonly colour: string;
}

/** The path of one run over the policies of three actions. */
export function simplexChart({ series, corners, last, average }: SimplexPanel, description: string): TopLevelSpec {
  return triangleChart(corners, [{ colour: seriesColour(series.slot), last, average }], description);
}

/** Paths over the policies of three actions: last iterates strong, averages faint; start a ring, end a disc. */
export function triangleChart(
  cornerLabels: readonly string[],
  paths: readonly TrianglePath[],
  description: string,
): TopLevelSpec {
  const x: Position = {
    field: 'x',
    type: 'quantitative',
    axis: null,
    scale: { domain: [-simplexMargin.x, 1 + simplexMargin.x], nice: false, zero: false },
  };
  const y: Position = {
    field: 'y',
    type: 'quantitative',
    axis: null,
    scale: { domain: [-simplexMargin.y, height + simplexMargin.y], nice: false, zero: false },
  };
  const order = { field: 'o', type: 'quantitative' } as const;
  const path = (
    colour: string,
    points: readonly SimplexPoint[],
    mark: { opacity: number; strokeWidth: number; strokeDash?: number[] },
  ): Layer => ({
    data: { values: points.map(position) },
    mark: { type: 'line', color: colour, strokeJoin: 'round', ...mark },
    encoding: { x, y, order },
  });
  const label = (place: number, align: 'left' | 'center' | 'right', baseline: 'top' | 'bottom'): Layer => ({
    data: { values: [{ ...corners[place], t: cornerLabels[place] }] },
    mark: {
      type: 'text',
      align,
      baseline,
      dy: baseline === 'top' ? 8 : -8,
      fontSize: 12,
      limit: { expr: align === 'center' ? 'width' : 'width / 2 - 14' },
    },
    encoding: { x, y, text: { field: 't' } },
  });
  return {
    description,
    width: 280,
    height: 280 * simplexAspect,
    layer: [
      {
        data: { values: corners },
        mark: { type: 'line', color: 'var(--faint)', strokeWidth: 1 },
        encoding: { x, y, order },
      },
      ...paths.flatMap(({ colour, last, average }): Layer[] => [
        path(colour, average, { opacity: 0.45, strokeWidth: 1.5, strokeDash: [4, 3] }),
        path(colour, last, { opacity: 0.6, strokeWidth: 1 }),
        {
          data: { values: last.map(position) },
          mark: { type: 'circle', size: 9, opacity: 0.9, color: colour },
          encoding: { x, y },
        },
      ]),
      ...paths.map(
        ({ colour, last, average }): Layer => ({
          data: { values: ends(last.length > 0 ? last : average) },
          mark: { type: 'point', shape: 'circle', filled: true, size: 70, opacity: 1, stroke: colour, strokeWidth: 2 },
          encoding: {
            x,
            y,
            fill: { condition: { test: 'datum.e === "end"', value: colour }, value: 'var(--surface)' },
          },
        }),
      ),
      label(0, 'left', 'top'),
      label(1, 'right', 'top'),
      label(2, 'center', 'bottom'),
    ],
  };
}
