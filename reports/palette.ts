/**
 * Every colour of a report, as CSS custom properties in a light and a dark version.
 *
 * The sixteen series colours differ by hue and lightness: any two by at least 11 (OKLab × 100), and by 6.5 under simulated
 * protanopia and deuteranopia (the first six by 9); the marker shapes tell apart what colour cannot.
 */

export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly line: string;
  readonly surface: string;
  readonly raised: string;
  readonly alarm: string;
  readonly alarmSurface: string;
  /** Text on the strongest colours of a heat map. */
  readonly onStrong: string;
  readonly series: readonly string[];
  /** From below the centre to above it; the middle entry is the centre. */
  readonly diverging: readonly string[];
  /** From nothing to most. */
  readonly sequential: readonly string[];
}

export const light: Palette = {
  ink: '#1b1d21',
  muted: '#5c626c',
  faint: '#969ca6',
  line: '#e2e4e8',
  surface: '#ffffff',
  raised: '#f6f7f9',
  alarm: '#b00020',
  alarmSurface: '#fdecee',
  onStrong: '#ffffff',
  series: [
    '#1544b0',
    '#c03c06',
    '#1d9784',
    '#b5961f',
    '#6a1b50',
    '#a963d8',
    '#344805',
    '#ed5790',
    '#0f90fe',
    '#a5785b',
    '#9d113b',
    '#8992c1',
    '#8305e5',
    '#695db2',
    '#16416d',
    '#460490',
  ],
  diverging: [
    '#b4480a',
    '#c2673f',
    '#cf8666',
    '#dba58d',
    '#e6c7b8',
    '#f2f1ee',
    '#bacadd',
    '#8dacce',
    '#6590c0',
    '#3d75b1',
    '#0a5ba3',
  ],
  sequential: ['#f2f1ee', '#c3d1e0', '#a1bad5', '#83a5ca', '#6791c0', '#4c7fb6', '#306dad', '#0a5ba3'],
};

export const dark: Palette = {
  ink: '#e7e9ec',
  muted: '#a4abb5',
  faint: '#6f7782',
  line: '#33373d',
  surface: '#16181b',
  raised: '#1e2125',
  alarm: '#ff8a94',
  alarmSurface: '#3a1a1f',
  onStrong: '#101215',
  series: [
    '#5b86f7',
    '#e0662f',
    '#25c09e',
    '#f3e08a',
    '#c863ac',
    '#8addfc',
    '#658f6d',
    '#fdb6d2',
    '#2763ba',
    '#c6ad3f',
    '#c91304',
    '#e18efa',
    '#832ffb',
    '#a5de08',
    '#7e5e4d',
    '#c70389',
  ],
  diverging: [
    '#ff9557',
    '#d78353',
    '#af704e',
    '#875c48',
    '#5d483f',
    '#2b2e33',
    '#3a4d62',
    '#46688a',
    '#5181b2',
    '#5a9ad8',
    '#63b3ff',
  ],
  sequential: ['#2b2e33', '#3c4a59', '#486078', '#547494', '#5e88b0', '#699bca', '#72aee5', '#7cc0ff'],
};

/** Custom properties of a palette by name, `ink` or `series-0`. */
export function customProperties(palette: Palette): [name: string, colour: string][] {
  return Object.entries(palette).flatMap(([name, value]: [string, string | readonly string[]]) => {
    const word = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return typeof value === 'string'
      ? [[word, value]]
      : value.map((colour, i): [string, string] => [`${word}-${i}`, colour]);
  });
}

export const divergingColours = light.diverging.map((_, i) => `var(--diverging-${i})`);
export const sequentialColours = light.sequential.map((_, i) => `var(--sequential-${i})`);

const colours = light.series.length;

/** Colour of a series by its place; the seventeenth series has the first colour again, with another shape. */
export function seriesColour(slot: number): string {
  return `var(--series-${slot % colours})`;
}

/**
 * The items in as few parts, as equal in size, as let no two series of a part have one colour. Items of one series stay
 * together, and series stay in the order of their places.
 */
export function toldApart<T>(items: readonly T[], slotOf: (item: T) => number): T[][] {
  const slots = [...new Set(items.map(slotOf))].sort((a, b) => a - b);
  for (let parts = 1; ; parts++) {
    const size = Math.ceil(slots.length / parts);
    const cut = Array.from({ length: parts }, (_, k) => slots.slice(k * size, (k + 1) * size));
    if (cut.every((own) => new Set(own.map((slot) => slot % colours)).size === own.length))
      return cut.filter((own) => own.length > 0).map((own) => items.filter((item) => own.includes(slotOf(item))));
  }
}

const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'triangle-down', 'cross', 'triangle-right'] as const;
export type MarkerShape = (typeof shapes)[number];

/** Marker of a series by its place. */
export function seriesShape(slot: number): MarkerShape {
  return shapes[slot % shapes.length];
}

const strengths = [1, 0.35, 0];

/** How strongly a bar is filled inside its outline: weaker when its series came before in the figure, at another temperature. */
export function barStrength(before: number): number {
  return strengths[Math.min(before, strengths.length - 1)];
}

/** The same text with every custom property replaced by its light colour. */
export function resolveLight(text: string): string {
  const colours = new Map(customProperties(light));
  return text.replace(/var\(--([a-z0-9-]+)\)/g, (whole, name: string) => colours.get(name) ?? whole);
}
