import type { Config } from 'vega-lite';

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** How every chart looks; colours are custom properties, so that light and dark need no second drawing. */
export const theme: Config = {
  background: undefined,
  font,
  autosize: { type: 'fit-x', contains: 'padding' },
  padding: 2,
  view: { stroke: null },
  text: { color: 'var(--ink)', fontSize: 12 },
  rule: { color: 'var(--muted)' },
  axis: {
    domainColor: 'var(--faint)',
    gridColor: 'var(--line)',
    tickColor: 'var(--faint)',
    maxExtent: 480,
    tickSize: 4,
    labelColor: 'var(--muted)',
    labelFontSize: 12,
    labelPadding: 5,
    titleColor: 'var(--ink)',
    titleFontSize: 12,
    titleFontWeight: 500,
    titlePadding: 10,
  },
  legend: {
    labelColor: 'var(--ink)',
    titleColor: 'var(--ink)',
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 500,
    labelLimit: 320,
    orient: 'top',
    symbolOpacity: 1,
    symbolSize: 80,
    symbolStrokeWidth: 2,
  },
};
