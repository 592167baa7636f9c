import type { CurveRow } from './curve-rows.ts';
import type { Colour, Layer, Position } from './layer.ts';

type Encoded = { readonly x: Position; readonly y: Position; readonly color: Colour };

interface Name {
  readonly s: string;
  readonly x: number;
  readonly y: number;
  readonly above: boolean;
  /** On the side where the line falls away from it. */
  readonly right: boolean;
}

/** The name of a line stands at its middle; at that of the part above the floor, where there is one. */
function nameOf(line: readonly CurveRow[], floor: number, upper: readonly string[]): Name {
  const above = line.filter(({ y }) => y > floor);
  const seen = above.length === 0 ? line : above;
  const at = seen.length >> 1;
  const { s, x, y } = seen[at];
  const rises = seen[Math.min(at + 1, seen.length - 1)].y > seen[Math.max(at - 1, 0)].y;
  return { s, x, y, above: upper.includes(s), right: upper.includes(s) !== rises };
}

/** Names at the lines of a chart: above those in `upper`, below the others. */
export function nameLayers(
  rows: readonly CurveRow[],
  floor: number,
  upper: readonly string[],
  encoding: Encoded,
): Layer[] {
  const lines = [...new Set(rows.map(({ s }) => s))].map((name) => rows.filter(({ s }) => s === name));
  return lines.map((line): Layer => {
    const { above, right, ...values } = nameOf(line, floor, upper);
    return {
      data: { values: [values] },
      mark: {
        type: 'text',
        fontSize: 11,
        align: right ? 'left' : 'right',
        dx: right ? 5 : -5,
        baseline: above ? 'bottom' : 'top',
        dy: above ? -3 : 4,
      },
      encoding: { ...encoding, text: { field: 's' } },
    };
  });
}
