import { lineDashes } from '../charts/curves.ts';
import { barStrength, type MarkerShape, seriesColour, seriesShape } from '../palette.ts';
import { html, isolated, type Markup } from './markup.ts';

const outlines: Readonly<Record<MarkerShape, string>> = {
  circle: 'M18.5 7a4.5 4.5 0 1 1-9 0a4.5 4.5 0 1 1 9 0Z',
  square: 'M10 3h8v8h-8Z',
  'triangle-up': 'M14 2l5 9h-10Z',
  diamond: 'M14 1.5l4 5.5-4 5.5-4-5.5Z',
  'triangle-down': 'M14 12l5-9h-10Z',
  cross: 'M12.4 2.5h3.2v2.9h2.9v3.2h-2.9v2.9h-3.2v-2.9h-2.9v-3.2h2.9Z',
  'triangle-right': 'M19 7l-9-5v10Z',
};

function sample(body: Markup): Markup {
  return html`<svg class="key" viewBox="0 0 28 14" width="28" height="14" aria-hidden="true">${body}</svg>`;
}

/** Line with marker of a series. */
export function curveKey(slot: number, label: string): Markup {
  const colour = seriesColour(slot);
  return html`<li>${sample(html`<path d="M0 7H28" stroke="${colour}" stroke-width="2"/><path d="${outlines[seriesShape(slot)]}" fill="${colour}"/>`)}${isolated(label)}</li>`;
}

/** Box of one colour. */
export function boxKey(colour: string, label: string, strength = 1): Markup {
  return html`<li>${sample(html`<path d="M8 1h12v12h-12Z" fill="${colour}" fill-opacity="${strength}" stroke="${colour}"/>`)}${isolated(label)}</li>`;
}

/** Box of a series, filled as its bars are. */
export function barKey(slot: number, before: number, label: string): Markup {
  return boxKey(seriesColour(slot), label, barStrength(before));
}

/** How one kind of line is dashed. */
export function lineKey(line: keyof typeof lineDashes, label: string): Markup {
  const dash = line === 'last' ? 'none' : lineDashes[line].join(' ');
  return html`<li>${sample(html`<path d="M0 7H28" stroke="var(--muted)" stroke-width="2" stroke-dasharray="${dash}"/>`)}${label}</li>`;
}

export function legend(keys: readonly Markup[]): Markup {
  return html`<ul class="legend">${keys}</ul>`;
}

/** Colours of a heat map from its lowest to its highest value. */
export function colourScale(colours: readonly string[], ends: readonly string[]): Markup {
  const boxes = colours.map((colour) => html`<i style="background:${colour}"></i>`);
  return html`<div class="scale"><div class="boxes">${boxes}</div><div class="ends">${ends.map((end) => html`<span>${end}</span>`)}</div></div>`;
}
