import { describe, expect, it } from 'vitest';
import { dark, light, seriesColour, toldApart } from '../../reports/palette.ts';

type Triple = readonly [number, number, number];
type Rows = readonly [Triple, Triple, Triple];

/** How the cone types that are missing are simulated on linear RGB (Machado, Oliveira and Fernandes 2009, severity 1). */
const sights: Readonly<Record<'all' | 'protanopia' | 'deuteranopia', Rows>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};
const toCones: Rows = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const toLab: Rows = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

function times(rows: Rows, [x, y, z]: Triple): Triple {
  return rows.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;
}

function linear(hex: string): Triple {
  const channel = (from: number): number => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function oklab(hex: string, sight: Rows): Triple {
  const seen = times(sight, linear(hex)).map((value) => Math.min(1, Math.max(0, value))) as unknown as Triple;
  return times(toLab, times(toCones, seen).map(Math.cbrt) as unknown as Triple);
}

/** Smallest OKLab distance × 100 between any two colours. */
function closest(colours: readonly string[], sight: Rows): number {
  const places = colours.map((colour) => oklab(colour, sight));
  const distances = places.flatMap((a, i) =>
    places.slice(i + 1).map((b) => 100 * Math.hypot(...a.map((value, k) => value - b[k]))),
  );
  return Math.min(...distances);
}

/** Contrast ratio of two colours as WCAG defines it. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => {
    const [red, green, blue] = linear(hex);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return high / low;
}

describe.each(Object.entries({ light, dark }))('the series colours, %s', (_name, { series, surface }) => {
  it('are sixteen, which differ for every eye, the first six the most', () => {
    expect(series).toHaveLength(16);
    expect(closest(series, sights.all)).toBeGreaterThan(11);
    for (const sight of [sights.protanopia, sights.deuteranopia]) {
      expect(closest(series, sight)).toBeGreaterThan(6.5);
      expect(closest(series.slice(0, 6), sight)).toBeGreaterThan(9);
    }
  });

  it('stand out from the page', () => {
    for (const colour of series) expect(contrast(colour, surface)).toBeGreaterThan(2.8);
  });
});

describe('more series than colours', () => {
  const places = (count: number) => Array.from({ length: count }, (_, slot) => slot);
  const sizes = (parts: readonly (readonly unknown[])[]) => parts.map((part) => part.length);

  it('are cut into even parts, in none of which a colour comes twice', () => {
    expect(sizes(toldApart(places(16), (slot) => slot))).toEqual([16]);
    const parts = toldApart(places(25), (slot) => slot);
    expect(sizes(parts)).toEqual([13, 12]);
    expect(parts.flat()).toEqual(places(25));
    for (const part of parts) expect(new Set(part.map(seriesColour)).size).toBe(part.length);
  });

  it('are cut only where colours meet, and never within a series', () => {
    expect(sizes(toldApart([0, 17, 21], (slot) => slot))).toEqual([3]);
    expect(sizes(toldApart([0, 16], (slot) => slot))).toEqual([1, 1]);
    const twice = places(20).flatMap((slot) => [slot, slot]);
    expect(sizes(toldApart(twice, (slot) => slot))).toEqual([20, 20]);
    expect(toldApart([], (slot: number) => slot)).toEqual([]);
  });
});
