import { describe, expect, it } from 'vitest';
import { chartSvg } from '../../reports/chart-svg.ts';
import { compileChart } from '../../reports/charts/compile.ts';
import { convergenceChart } from '../../reports/charts/convergence.ts';
import { curveRows } from '../../reports/charts/curve-rows.ts';
import { curvesChart } from '../../reports/charts/curves.ts';
import { gapByDistanceChart } from '../../reports/charts/gap-by-distance.ts';
import { heatMapChart } from '../../reports/charts/heat-map.ts';
import { policyBars } from '../../reports/charts/policy-bars.ts';
import { simplexChart } from '../../reports/charts/simplex.ts';
import { barKey } from '../../reports/html/legend.ts';
import { simplexPoint } from '../../reports/model/simplex.ts';
import { reportModel } from '../../reports/model.ts';
import { customProperties, dark, divergingColours, light, resolveLight } from '../../reports/palette.ts';
import { situations } from './situations.ts';

const [section] = reportModel([situations().rps]).games;
const charts = {
  convergence: convergenceChart('rps', section.convergence[0]),
  bars: policyBars(['a', 'b'], [{ name: 's', slot: 0, before: 0, probabilities: [0.4, 0.6] }], 'bars'),
  heatMap: heatMapChart({
    rows: ['a', 'b'],
    columns: ['c', 'd'],
    values: [
      [0.5, 1],
      [0, 0.5],
    ],
    rowTitle: 'row',
    columnTitle: 'column',
    colours: divergingColours,
    domain: [0, 1],
    strong: [0.2, 0.8],
    numberText: String,
    description: 'heat map',
  }),
  simplex: simplexChart(section.paths[0], 'path'),
};

describe.each(Object.entries(charts))('the %s chart', (_name, chart) => {
  it('compiles without a warning', () => {
    expect(compileChart(chart, 'none').warnings).toEqual([]);
  });

  it('becomes a standing SVG whose colours are resolved', async () => {
    const svg = await chartSvg(chart);
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
    expect(svg).toContain('<path');
    expect(svg).not.toContain('var(--');
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});

describe('the bars of one solver at two temperatures', () => {
  it('differ, in the chart as in the legend', async () => {
    const two = [0, 1].map((before) => ({ name: `τ ${before}`, slot: 0, before, probabilities: [0.4, 0.6] }));
    const alone = { name: 'other', slot: 1, before: 0, probabilities: [1, 0] };
    const svg = await chartSvg(policyBars(['a', 'b'], [...two, alone], 'bars'));
    const bars = (colour: string) =>
      [...svg.matchAll(new RegExp(`aria-roledescription="bar"[^>]*fill="${colour}"[^>]*`, 'g'))].map(([bar]) => bar);
    const opacity = (bar: string) => /fill-opacity="([^"]*)"/.exec(bar)?.[1] ?? '1';
    expect(bars(light.series[0]).map(opacity)).toEqual(['1', '1', '0.35', '0.35']);
    expect(bars(light.series[1]).map(opacity)).toEqual(['1', '1']);
    expect(svg.match(/>τ 1</g)).toHaveLength(1);
    expect([0, 1].map((before) => opacity(barKey(0, before, 's').markup))).toEqual(['1', '0.35']);
  });
});

describe('the key of the lines', () => {
  it('stands where there are several kinds, and not for one', async () => {
    const points = [1, 2].map((at) => ({ at, median: at, low: at, high: at, runs: 1 }));
    const options = { yTitle: 'gap', floor: 1e-9, rules: [], height: 100, description: 'lines' };
    const textOf = (...lines: ('last' | 'average')[]) =>
      chartSvg(
        curvesChart(
          lines.map((line) => ({ slot: 0, name: 'hedge', line, points })),
          options,
        ),
      );
    expect(await textOf('last', 'average')).toMatch(/>last</);
    expect(await textOf('last')).not.toMatch(/>last</);
  });

  it('marks every point where each is an answer of its own', () => {
    const points = Array.from({ length: 12 }, (_, i) => ({ at: i + 1, median: 1, low: 1, high: 1, runs: 1 }));
    const marks = (everyMarker: boolean) =>
      curveRows([{ slot: 0, name: 'a', line: 'last', points, everyMarker }], 1e-9, []).rows.filter(({ m }) => m === 1);
    expect(marks(true)).toHaveLength(12);
    expect(marks(false).length).toBeLessThan(6);
  });
});

describe('the gap against the distance from the reference', () => {
  it('draws what nobody weighs at the edge, and one mark per temperature', () => {
    const marks = [
      { distance: 0, gap: 0.5 },
      { distance: 1, gap: 0.1 },
      { distance: 2, gap: 0 },
    ];
    const chart = gapByDistanceChart([{ slot: 0, name: 'a', marks }], {
      metric: 'duality-gap',
      height: 100,
      description: 'weighed',
    });
    const { values } = (chart as unknown as { data: { values: { x: number; y: number; m?: 1 }[] } }).data;
    expect(values.map(({ x, y, m }) => [x, y, m])).toEqual([
      [1e-6, 0.5, 1],
      [1, 0.1, 1],
      [2, 1e-6, 1],
    ]);
    expect(compileChart(chart, 'none').warnings).toEqual([]);
  });
});

describe('colours', () => {
  it('exist in light and dark alike', () => {
    expect(customProperties(dark).map(([name]) => name)).toEqual(customProperties(light).map(([name]) => name));
  });

  it('resolve to the light ones', () => {
    expect(resolveLight('var(--series-0) var(--on-strong) var(--unknown)')).toBe(
      `${light.series[0]} ${light.onStrong} var(--unknown)`,
    );
  });
});

describe('the simplex', () => {
  it('has the three actions at its corners and the uniform policy in its middle', () => {
    expect(simplexPoint([1, 0, 0])).toEqual({ x: 0, y: 0 });
    expect(simplexPoint([0, 1, 0])).toEqual({ x: 1, y: 0 });
    expect(simplexPoint([0, 0, 1])).toEqual({ x: 0.5, y: Math.sqrt(3) / 2 });
    expect(simplexPoint([1 / 3, 1 / 3, 1 / 3]).y).toBeCloseTo(Math.sqrt(3) / 6, 14);
  });
});
