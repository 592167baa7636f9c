import type { TopLevelSpec } from 'vega-lite';
import { formatProbability } from '../number.ts';
import { seriesColour } from '../palette.ts';
import type { Colour, Layer, Offset, Position } from './layer.ts';

/** One answer's win rates in the groups, their mean, and which group grants it least. */
export interface BarsOfAnswer {
  readonly name: string;
  readonly rates: readonly number[];
  readonly pooled: number;
  readonly worst: number;
}

const barHeight = 12;
const gap = 14;
/** Room for the column of numbers beside the bars, in pixels. */
const textWidth = 92;

/** Win rates of several answers, a bar for each group and a grey one for all of them pooled; the worst group says so. */
export function groupBars(
  groups: readonly string[],
  answers: readonly BarsOfAnswer[],
  description: string,
): TopLevelSpec {
  const pooled = 'pooled';
  const rows = answers.flatMap(({ name, rates, pooled: mean, worst }) => [
    ...rates.map((p, g) => ({
      a: name,
      g: String(g),
      p,
      t: `${formatProbability(p)}${g === worst ? ' ◂ worst' : ''}`,
      ...(g === worst ? { m: 1 } : {}),
    })),
    { a: name, g: pooled, p: mean, t: formatProbability(mean) },
  ]);
  const bars = [...groups.map((_, g) => String(g)), pooled];
  const step = bars.length * barHeight + gap;
  const top = Math.max(0.5, ...rows.map(({ p }) => p));
  const y: Position = {
    field: 'a',
    type: 'nominal',
    title: null,
    scale: { domain: answers.map(({ name }) => name), paddingInner: gap / step, paddingOuter: gap / 2 / step },
    axis: { labelLimit: { expr: 'box * 0.34' }, ticks: false, domain: false },
  };
  const yOffset: Offset = { field: 'g', type: 'nominal', scale: { domain: bars, paddingInner: 0.15 } };
  const x: Position = {
    field: 'p',
    type: 'quantitative',
    title: 'win rate against the reference',
    scale: { domain: [0, top], nice: false, range: [0, { expr: `width - ${textWidth}` }] },
    axis: { tickCount: { expr: 'box < 480 ? 3 : 6' }, format: '~g', grid: false },
  };
  const fill: Colour = {
    field: 'g',
    type: 'nominal',
    title: null,
    scale: { domain: bars, range: [...groups.map((_, g) => seriesColour(g)), 'var(--muted)'] },
  };
  const half: Layer = {
    data: { values: [{ p: 0.5 }] },
    mark: { type: 'rule', strokeDash: [2, 2], strokeWidth: 1.25 },
    encoding: { x },
  };
  const beside: Position = { value: { expr: `width - ${textWidth - 10}` } as never };
  const numbers: Layer = {
    mark: { type: 'text', align: 'left', baseline: 'middle', fontSize: 10 },
    encoding: {
      y,
      yOffset,
      x: beside,
      text: { field: 't' },
      color: { condition: { test: 'datum.m === 1', value: 'var(--ink)' }, value: 'var(--muted)' },
    },
  };
  return {
    description,
    params: [{ name: 'box', value: 640 }],
    width: 640,
    height: step * answers.length,
    data: { values: rows },
    layer: [{ mark: { type: 'bar', cornerRadiusEnd: 1.5 }, encoding: { y, yOffset, x, fill } }, numbers, half],
  };
}
