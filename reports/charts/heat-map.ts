import type { TopLevelSpec } from 'vega-lite';
import type { Colour, Layer, Position } from './layer.ts';

export interface HeatMap {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (readonly number[])[];
  readonly rowTitle: string;
  readonly columnTitle: string;
  /** Colours in equal steps from the lower to the upper end. */
  readonly colours: readonly string[];
  readonly domain: readonly [number, number];
  /** Values at which a cell's colour is so strong that its number needs the light ink: below the first, above the second. */
  readonly strong: readonly [number, number];
  readonly numberText: (value: number) => string;
  /** Whether a cell has a frame; none by default. */
  readonly framed?: (row: number, column: number) => boolean;
  readonly description: string;
}

const numberedColumns = 12;
/** Width of a character of a number, in pixels, and of the narrowest cell that has one. */
const numberCharacter = 6.2;
const narrowestNumbered = 34;
/** Width of a character of a label, in pixels, generously. */
const labelCharacter = 7;
/** Width of a plot on a phone, in pixels: column labels lie down where they fit even there. */
const narrowPlot = 230;

/** Height of a cell in pixels: room for a number while there are few. */
export function cellHeight(rows: number): number {
  return rows <= 12 ? 30 : rows <= 30 ? 18 : 13;
}

/** A matrix as coloured cells, with the numbers in them while they fit. */
export function heatMapChart(map: HeatMap): TopLevelSpec {
  const { rows, columns, values, colours, domain, strong, rowTitle, columnTitle, numberText, framed, description } =
    map;
  const frame = (i: number, j: number) => (framed?.(i, j) === true ? { f: 1 } : {});
  const cells = values.flatMap((row, i) =>
    row.flatMap((v, j) =>
      Number.isFinite(v) ? [{ r: rows[i], c: columns[j], v, t: numberText(v), ...frame(i, j) }] : [],
    ),
  );
  const digits = cells.reduce((most, { t }) => Math.max(most, t.length), 0);
  const room = Math.max(narrowestNumbered, Math.ceil(digits * numberCharacter) + 3);
  const longest = columns.reduce((most, label) => Math.max(most, label.length), 0);
  const upright = columns.length * (longest * labelCharacter + 8) <= narrowPlot;
  const x: Position = {
    field: 'c',
    type: 'nominal',
    title: columnTitle,
    scale: { domain: [...columns], padding: 0 },
    axis: {
      orient: 'top',
      labelAngle: upright ? 0 : -90,
      labelLimit: 150,
      labelExpr: 'bandwidth("x") < 9 ? "" : datum.label',
      labelOverlap: false,
      ticks: false,
      domain: false,
    },
  };
  const y: Position = {
    field: 'r',
    type: 'nominal',
    title: rowTitle,
    scale: { domain: [...rows], padding: 0 },
    axis: {
      labelLimit: { expr: columns.length <= 6 ? 'box * 0.42' : 'box * 0.3' },
      labelOverlap: false,
      ticks: false,
      domain: false,
    },
  };
  const color: Colour = {
    field: 'v',
    type: 'quantitative',
    title: null,
    scale: { type: 'quantize', domain: [...domain], range: [...colours] },
  };
  const isStrong = `datum.v < ${strong[0]} || datum.v > ${strong[1]}`;
  return {
    description,
    params: [{ name: 'box', value: 640 }],
    width: 640,
    height: rows.length * cellHeight(rows.length),
    data: { values: cells },
    layer: [
      {
        mark: { type: 'rect', stroke: 'var(--surface)', strokeWidth: rows.length <= 30 ? 1 : 0.5 },
        encoding: { x, y, color },
      },
      ...(framed === undefined
        ? []
        : [
            {
              transform: [{ filter: 'datum.f === 1' }],
              mark: { type: 'rect', filled: false, stroke: 'var(--ink)', strokeWidth: 2 },
              encoding: { x, y },
            } satisfies Layer,
          ]),
      ...(columns.length > numberedColumns
        ? []
        : [
            {
              mark: { type: 'text', fontSize: 11, opacity: { expr: `bandwidth("x") < ${room} ? 0 : 1` } },
              encoding: {
                x,
                y,
                text: { field: 't' },
                color: { condition: { test: isStrong, value: 'var(--on-strong)' }, value: 'var(--ink)' },
              },
            } satisfies Layer,
          ]),
    ],
  };
}
