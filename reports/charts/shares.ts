import type { TopLevelSpec } from 'vega-lite';
import type { Met, MetByPlayer } from '../model/met.ts';
import { seriesColour } from '../palette.ts';
import { tickText } from './curves.ts';
import type { Colour, Position } from './layer.ts';
import { tightRange } from './log-axis.ts';

/** What is drawn of a population: its named members, then all others in grey. */
export function bandsOf({ members, others }: MetByPlayer): { readonly met: Met; readonly colour: string }[] {
  const named = members.map((met, i) => ({ met, colour: seriesColour(i) }));
  if (others === undefined) return named;
  return [...named, { met: { name: `${others.count} others`, shares: others.shares }, colour: 'var(--faint)' }];
}

/** Records that differ from the one before, and the last: between them shares stand still. */
function telling(bands: readonly Met[], records: number): number[] {
  const differs = (k: number) => bands.some(({ shares }) => Math.abs(shares[k] - shares[k - 1]) > 1e-6);
  return Array.from({ length: records }, (_, k) => k).filter((k) => k === 0 || k === records - 1 || differs(k));
}

/** Shares of the members of a population as bands that fill the height, over the steps on a logarithmic axis. */
export function sharesChart(met: MetByPlayer, height: number, description: string): TopLevelSpec {
  const { steps } = met;
  const bands = bandsOf(met);
  const positive = steps.filter((step) => step > 0);
  const start = (positive[0] ?? 1) / 2;
  const place = (step: number) => (step > 0 ? step : start);
  const axis = tightRange(steps.map(place));
  const ticks = axis.ticks.filter((tick) => tick > start);
  const records = telling(
    bands.map((band) => band.met),
    steps.length,
  );
  const rows = bands.flatMap(({ met: { shares } }, s) => records.map((k) => ({ s, x: place(steps[k]), v: shares[k] })));
  const color: Colour = {
    field: 's',
    type: 'nominal',
    title: null,
    scale: { domain: bands.map((_, s) => s), range: bands.map(({ colour }) => colour) },
  };
  const x: Position = {
    field: 'x',
    type: 'quantitative',
    title: 'step',
    scale: { type: 'log', domain: axis.domain, nice: false },
    axis: {
      values: steps[0] > 0 ? axis.ticks : [start, ...ticks],
      labelExpr: `datum.value === ${start} ? '0' : ${tickText}`,
      grid: false,
    },
  };
  const y: Position = {
    field: 'v',
    type: 'quantitative',
    title: 'share',
    stack: 'zero',
    scale: { domain: [0, 1], nice: false },
    axis: { tickCount: 5, grid: false },
  };
  return {
    description,
    width: 640,
    height,
    data: { values: rows },
    mark: { type: 'area', interpolate: 'step-after', stroke: 'var(--surface)', strokeWidth: 1, clip: true },
    encoding: { x, y, color, order: { field: 's', type: 'quantitative' } },
  };
}
