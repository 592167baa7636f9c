/**
 * Every colour of a report, as CSS custom properties in a light and a dark version.
 *
 * The series colours differ by at least 9 (OKLab × 100) among the first six under simulated protanopia and deuteranopia;
 * the marker shapes tell apart what colour cannot.
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
  series: ['#1544b0', '#c03c06', '#1d9784', '#b5961f', '#6a1b50', '#a963d8', '#0a6684', '#8a5a2b'],
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
  series: ['#5b86f7', '#e0662f', '#25c09e', '#f3e08a', '#c863ac', '#8addfc', '#b3a4ff', '#f29808'],
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

/** Colour of a series by its place; the ninth series has the first colour again, with another shape. */
export function seriesColour(slot: number): string {
  return `var(--series-${slot % light.series.length})`;
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
