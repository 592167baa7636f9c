import type { MatrixGame } from '../../src/solve/game.ts';
import { fractionText } from '../fraction.ts';
import { preferenceGame } from '../preference.ts';
import { type Compared, winsMatrix } from './tally.ts';

/** P(a ≻ b) of a pair that was not compared, as a number and as it is written. */
export type Unseen = (a: number, b: number) => { readonly value: number; readonly text: string };

/** The rule of a file as numbers that are written as they print. */
export function unseenNumbers(preference: (a: number, b: number) => number): Unseen {
  return (a, b) => {
    const value = preference(a, b);
    return { value, text: String(value) };
  };
}

/** What another game says. */
export function unseenFrom({ matrices: [{ columns, values }], entries }: MatrixGame): Unseen {
  return (a, b) => {
    const value = values[a * columns + b];
    return { value, text: entries?.[0][a][b] ?? String(value) };
  };
}

/**
 * The game whose matrix is as full as the table: P[a][b] = wins of a over b / comparisons, entries as fractions where all
 * weights are whole.
 */
export function preferencesOf(
  compared: Compared,
  unseen: Unseen,
  names: { readonly name: string; readonly description?: string },
): MatrixGame {
  const { labels } = compared;
  const n = labels.length;
  const wins = winsMatrix(compared);
  const whole = wins.every((value) => Number.isInteger(2 * value));
  const total = (a: number, b: number) => wins[a * n + b] + wins[b * n + a];
  const preference = (a: number, b: number): number => {
    if (a === b) return 0.5;
    return total(a, b) === 0 ? unseen(a, b).value : wins[a * n + b] / total(a, b);
  };
  const matrix = labels.map((_, a) => labels.map((_, b) => preference(a, b)));
  const entry = (a: number, b: number): string => {
    if (a === b) return '1/2';
    return total(a, b) === 0 ? unseen(a, b).text : fractionText(2 * wins[a * n + b], 2 * total(a, b));
  };
  const entries = whole ? { entries: [matrix.map((row, a) => row.map((_, b) => entry(a, b)))] } : {};
  return preferenceGame(matrix, { ...names, labels, ...entries });
}
