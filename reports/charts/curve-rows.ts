import type { CurvePoint } from '../model/curve.ts';
import { type LogAxis, tightRange, wholeDecades } from './log-axis.ts';

/** One line of a log–log chart. */
export interface DrawnCurve {
  /** Place of the series: its colour and marker. A line that belongs to no series, a bound, is grey and has none. */
  readonly slot?: number;
  readonly name: string;
  readonly line: 'last' | 'average' | 'bound';
  readonly points: readonly CurvePoint[];
  /** Every point has a marker, as where each is an answer of its own; a few by default. */
  readonly everyMarker?: boolean;
}

/** A point as it is drawn: `s`eries, `l`ine, position, band from `lo` to `hi`, and a `m`arker, or none. */
export interface CurveRow {
  readonly s: string;
  readonly l: DrawnCurve['line'];
  readonly x: number;
  readonly y: number;
  readonly lo: number;
  readonly hi: number;
  readonly m?: 1;
}

const markersPerCurve = 4;

/** Where a start at zero is drawn: half the first place above it. */
function startOf(points: readonly CurvePoint[]): number {
  const positive = points.map(({ at }) => at).filter((at) => at > 0);
  return (positive.length === 0 ? 1 : positive.reduce((a, b) => Math.min(a, b))) / 2;
}

/** Points that carry a marker: spread over the axis and shifted from series to series, so that no two coincide; and the last. */
function markedPoints(xs: readonly number[], slot: number, domain: readonly [number, number]): Set<number> {
  const [low, high] = domain.map(Math.log);
  const shift = 0.1 + ((slot * 0.382) % 0.8);
  const marked = new Set([xs.length - 1]);
  for (let marker = 0; marker < markersPerCurve; marker++) {
    const target = low + ((marker + shift) / markersPerCurve) * (high - low);
    const index = xs.findIndex((x) => Math.log(x) >= target);
    if (index >= 0) marked.add(index);
  }
  return marked;
}

/**
 * Rows and axes of a log–log chart; values at or below the floor lie on it, and a start at zero at `start`.
 * @param framed the curves that the axes must hold, where others stand in a chart beside this one.
 */
export function curveRows(
  curves: readonly DrawnCurve[],
  floor: number,
  rules: readonly number[],
  framed: readonly DrawnCurve[] = curves,
): { rows: CurveRow[]; x: LogAxis; y: LogAxis; start: number } {
  const all = framed.flatMap(({ points }) => points);
  const start = startOf(all);
  const xOf = ({ at }: CurvePoint) => (at > 0 ? at : start);
  const clip = (value: number) => Math.max(value, floor);
  const range = tightRange(all.map(xOf));
  const started = all.some(({ at }) => at <= 0);
  const ticks = range.ticks.filter((tick) => tick > start);
  const x = { domain: range.domain, ticks: started ? [start, ...ticks] : ticks.length === 0 ? range.ticks : ticks };
  const y = wholeDecades([...all.flatMap(({ low, high }) => [clip(low), clip(high)]), ...rules]);
  const rows = curves.flatMap(({ slot, name, line, points, everyMarker = false }) => {
    const marked = slot === undefined ? new Set() : markedPoints(points.map(xOf), slot, x.domain);
    return points.map(
      (point, i): CurveRow => ({
        s: name,
        l: line,
        x: xOf(point),
        y: clip(point.median),
        lo: clip(point.low),
        hi: clip(point.high),
        ...(everyMarker || marked.has(i) ? { m: 1 } : {}),
      }),
    );
  });
  return { rows, x, y, start };
}
