import type { TopLevelSpec } from 'vega-lite';

/** A chart of a report, wide enough for a page and with a legend of its own. */
export function onPage(chart: TopLevelSpec): TopLevelSpec {
  return { ...chart, width: 860, background: 'var(--surface)', config: { legend: { columns: 4 } } } as TopLevelSpec;
}
