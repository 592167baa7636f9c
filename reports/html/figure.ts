import type { TopLevelSpec } from 'vega-lite';
import { compileChart } from '../charts/compile.ts';
import { type Content, html, inlineJson, type Markup } from './markup.ts';

export interface Panel {
  readonly chart: TopLevelSpec;
  readonly title?: Content;
  readonly note?: Content;
  /** What only this panel shows; the legend of the figure holds for all. */
  readonly legend?: Content;
  /** Widest the chart may become, in pixels. */
  readonly maxWidth?: number;
  /** Height as a share of the width; absent when the chart has a height of its own. */
  readonly aspect?: number;
}

export interface Figure {
  readonly title: string;
  readonly legend?: Content;
  readonly panels: readonly Panel[];
  /** Narrowest a panel may become before the panels stand in fewer columns, in pixels. */
  readonly panelWidth?: number;
  /** Two panels stand side by side even on a phone. */
  readonly dense?: boolean;
  /** What is shown and how it was computed. */
  readonly caption: Content;
  readonly table: Content;
}

const significantDigits = 6;

/** Numbers of a drawing to six digits, far below a pixel: a third of the size. */
function forDrawing(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(significantDigits)) : value;
}

function panel({ chart, title, note, legend, maxWidth, aspect }: Panel): Markup {
  const { spec } = compileChart(chart, 'none');
  const width = maxWidth === undefined ? undefined : html` style="max-width:${maxWidth}px"`;
  const height = aspect === undefined ? undefined : html` data-aspect="${aspect.toFixed(4)}"`;
  return html`<div class="panel">${title === undefined ? undefined : html`<h4>${title}</h4>`}
${legend}<div class="chart"${width}${height}><div class="drawing"></div><script type="application/json">${inlineJson(JSON.parse(JSON.stringify(spec, forDrawing)))}</script></div>${note === undefined ? undefined : html`<p class="note">${note}</p>`}</div>
`;
}

/** A figure: title, legend, charts, caption and its numbers. */
export function figure({ title, legend, panels, panelWidth = 300, dense = false, caption, table }: Figure): Markup {
  const many =
    panels.length > 1 ? html` class="${dense ? 'panels dense' : 'panels'}" style="--panel:${panelWidth}px"` : undefined;
  return html`<figure>
<h3>${title}</h3>
${legend}
<div${many}>${panels.map(panel)}</div>
<figcaption>${caption}</figcaption>
${table}
</figure>
`;
}
