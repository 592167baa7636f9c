import { describe, expect, it } from 'vitest';
import { chartSvg } from '../../reports/chart-svg.ts';
import { compileChart } from '../../reports/charts/compile.ts';
import { convergenceChart } from '../../reports/charts/convergence.ts';
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
