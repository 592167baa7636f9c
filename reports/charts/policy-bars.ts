import type { TopLevelSpec } from 'vega-lite';
import { formatProbability } from '../number.ts';
import { barStrength, seriesColour } from '../palette.ts';
import type { Colour, Layer, Offset, Position } from './layer.ts';

export interface PolicyOfSeries {
  readonly name: string;
  readonly slot: number;
  /** How many policies of the same series stand before it, at other temperatures. */
  readonly before: number;
  readonly probabilities: readonly number[];
}

/** More bars than these are drawn slim and without their numbers. */
const numberedBars = 48;
/** Bars of less are no longer than a pixel, and an outline would double them. */
const seen = 1e-3;
/** Room for a number at the end of the longest bar, in pixels. */
const numberWidth = 52;

/**
 * Probability of each action as bars, grouped by action; for at most a dozen actions.
 * @param most the probability at the end of the axis; the largest that is drawn by default.
 */
export function policyBars(
  actions: readonly string[],
  policies: readonly PolicyOfSeries[],
  description: string,
  most?: number,
): TopLevelSpec {
  const rows = policies.flatMap(({ name, before, probabilities }) =>
    probabilities.flatMap((p, i) =>
      Number.isFinite(p)
        ? [{ a: actions[i], s: name, p, t: formatProbability(p), ...(before > 0 && p > seen ? { o: 1 } : {}) }]
        : [],
    ),
  );
  const names = policies.map(({ name }) => name);
  const numbered = actions.length * policies.length <= numberedBars;
  const gap = numbered ? 12 : 9;
  const step = policies.length * (numbered ? 11 : 7) + gap;
  const top = most ?? rows.reduce((largest, { p }) => Math.max(largest, p), 0);
  const y: Position = {
    field: 'a',
    type: 'nominal',
    title: null,
    scale: { domain: [...actions], paddingInner: gap / step, paddingOuter: gap / 2 / step },
    axis: { labelLimit: { expr: 'box * 0.34' }, ticks: false, domain: false },
  };
  const yOffset: Offset = { field: 's', type: 'nominal', scale: { domain: names, paddingInner: 0.18 } };
  const x: Position = {
    field: 'p',
    type: 'quantitative',
    title: 'probability',
    scale: {
      domain: [0, top > 0 ? top : 1],
      nice: false,
      range: [0, { expr: `width - ${numbered ? numberWidth : 0}` }],
    },
    axis: { tickCount: { expr: 'box < 480 ? 3 : 6' }, format: '~g', grid: false },
  };
  const numbers: Layer = {
    mark: { type: 'text', align: 'left', baseline: 'middle', dx: 4, fontSize: 10, color: 'var(--muted)' },
    encoding: { y, yOffset, x, text: { field: 't' } },
  };
  const series = { field: 's', type: 'nominal', title: null } as const;
  const colour: Colour = { ...series, scale: { domain: names, range: policies.map(({ slot }) => seriesColour(slot)) } };
  const strengths = policies.map(({ before }) => barStrength(before));
  return {
    description,
    params: [{ name: 'box', value: 640 }],
    width: 640,
    height: step * actions.length,
    data: { values: rows },
    layer: [
      {
        mark: { type: 'bar', cornerRadiusEnd: 1.5 },
        encoding: {
          y,
          yOffset,
          x,
          fill: colour,
          stroke: colour,
          strokeWidth: { condition: { test: 'datum.o === 1', value: 1 }, value: 0 },
          fillOpacity: { ...series, type: 'ordinal', scale: { type: 'ordinal', domain: names, range: strengths } },
        },
      },
      ...(numbered ? [numbers] : []),
    ],
  };
}
