import type { TopLevelSpec } from 'vega-lite';
import { formatProbability } from '../number.ts';
import { seriesColour } from '../palette.ts';
import type { Layer, Position } from './layer.ts';

export interface WeightBar {
  readonly name: string;
  readonly slot: number;
  readonly weight: number;
}

const barHeight = 22;
/** Room for a number at the end of the longest bar, in pixels. */
const numberWidth = 52;

/** How often each of a few names is played, as bars with their numbers, in the order they are given. */
export function weightBars(bars: readonly WeightBar[], description: string): TopLevelSpec {
  const rows = bars.map(({ name, weight }) => ({ n: name, w: weight, t: formatProbability(weight) }));
  const y: Position = {
    field: 'n',
    type: 'nominal',
    title: null,
    scale: { domain: bars.map(({ name }) => name), paddingInner: 0.3 },
    axis: { labelLimit: { expr: 'box * 0.42' }, ticks: false, domain: false },
  };
  const x: Position = {
    field: 'w',
    type: 'quantitative',
    title: 'probability in the equilibrium',
    scale: {
      domain: [0, Math.max(...bars.map(({ weight }) => weight))],
      nice: false,
      range: [0, { expr: `width - ${numberWidth}` }],
    },
    axis: { tickCount: { expr: 'box < 480 ? 3 : 6' }, format: '~g', grid: false },
  };
  const numbers: Layer = {
    mark: { type: 'text', align: 'left', baseline: 'middle', dx: 4, fontSize: 11, color: 'var(--muted)' },
    encoding: { y, x, text: { field: 't' } },
  };
  return {
    description,
    params: [{ name: 'box', value: 640 }],
    width: 640,
    height: barHeight * bars.length,
    data: { values: rows },
    layer: [
      {
        mark: { type: 'bar', cornerRadiusEnd: 1.5 },
        encoding: {
          y,
          x,
          color: {
            field: 'n',
            type: 'nominal',
            title: null,
            scale: { domain: bars.map(({ name }) => name), range: bars.map(({ slot }) => seriesColour(slot)) },
          },
        },
      },
      numbers,
    ],
  };
}
