import type { TopLevelSpec } from 'vega-lite';
import type { RolePath } from '../model/equilibrium-path.ts';
import { seriesColour } from '../palette.ts';
import { tickText } from './curves.ts';
import type { Colour, Layer, Position } from './layer.ts';
import { tightRange } from './log-axis.ts';

const height = 300;
/** Between two names below each other, in pixels. */
const nameHeight = 15;
const letterWidth = 6.6;
/** From the end of a line to its name. */
const leader = 18;

/** Places of names as near to their lines as they can stand without touching, in pixels from the top. */
export function spread(wanted: readonly number[], bottom: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => Math.round(wanted[a]) - Math.round(wanted[b]) || a - b);
  const placed = [...wanted];
  let free = 0;
  for (const i of order) {
    placed[i] = Math.max(wanted[i], free);
    free = placed[i] + nameHeight;
  }
  let ceiling = bottom;
  for (const i of order.reverse()) {
    placed[i] = Math.min(placed[i], ceiling);
    ceiling = placed[i] - nameHeight;
  }
  return placed;
}

/** What equilibria are followed along: its title, and which end stands on the left. */
interface PathAxis {
  readonly title: string;
  readonly falling: boolean;
}

const temperatureAxis: PathAxis = { title: 'temperature τ, falling', falling: true };

/** Probability of each action along a path of equilibria, against what was varied, on a logarithmic axis. */
export function equilibriumPathChart(
  { lines, rest: others }: Pick<RolePath, 'lines' | 'rest'>,
  along: readonly number[],
  description: string,
  { title, falling }: PathAxis = temperatureAxis,
): TopLevelSpec {
  const rest = others?.drawn ? others : undefined;
  const drawn = rest === undefined ? lines : [...lines, rest];
  const top = Math.max(...drawn.flatMap(({ values }) => values));
  const rows = drawn.flatMap(({ values }, s) => values.map((p, i) => ({ s, x: along[i], p })));
  const end = along[along.length - 1];
  const ends = drawn.map(({ values }) => values[values.length - 1]);
  const places = spread(
    ends.map((p) => height * (1 - p / top)),
    height,
  );
  const names = drawn.map(({ name }, i) => ({ s: i, t: name, x: end, p: ends[i], n: top * (1 - places[i] / height) }));
  const longest = Math.max(...drawn.map(({ name }) => Array.from(name).length));
  const room = `min(${Math.ceil(longest * letterWidth) + leader + 6}, box * 0.32)`;
  const axis = tightRange(along);
  const domain = drawn.map((_, i) => i);
  const colours = drawn.map((line, i) => (line === rest ? 'var(--muted)' : seriesColour(i)));
  const color: Colour = { field: 's', type: 'nominal', title: null, scale: { domain, range: colours } };
  const x: Position = {
    field: 'x',
    type: 'quantitative',
    title,
    scale: {
      type: 'log',
      domain: falling ? [axis.domain[1], axis.domain[0]] : [axis.domain[0], axis.domain[1]],
      nice: false,
      range: [0, { expr: `width - ${room}` }],
    },
    axis: { values: axis.ticks, labelExpr: tickText, grid: false, domain: false },
  };
  const y: Position = {
    field: 'p',
    type: 'quantitative',
    title: 'probability',
    scale: { domain: [0, top], nice: false },
    axis: { tickCount: 5 },
  };
  const named: Position = { ...y, field: 'n' };
  const right: Position = { value: { expr: `width - ${room} + ${leader - 3}` } };
  const line = (test: string, strokeDash: number[]): Layer => ({
    transform: [{ filter: `datum.s ${test} ${lines.length}` }],
    mark: { type: 'line', strokeWidth: 2, strokeJoin: 'round', strokeDash },
    encoding: { x, y, color },
  });
  return {
    description,
    params: [{ name: 'box', value: 640 }],
    width: 640,
    height,
    data: { values: rows },
    layer: [
      line('<', [1, 0]),
      ...(rest === undefined ? [] : [line('===', [6, 4])]),
      {
        data: { values: names },
        mark: { type: 'rule', strokeWidth: 1, opacity: 0.6 },
        encoding: { x, x2: right as never, y, y2: { field: 'n' }, color },
      },
      {
        data: { values: names },
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'middle',
          fontSize: 11,
          dx: leader,
          limit: { expr: `${room} - ${leader}` },
        },
        encoding: { x, y: named, color, text: { field: 't' } },
      },
    ],
  };
}
