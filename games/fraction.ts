import { NashlabError } from '../src/core/errors.ts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const ratio = /^([+-]?\d+)\/(\d+)$/;

/** The value of `"1/3"`, `"0.25"`, `"-2"`; undefined when the text is no number (NaN and Infinity are none). */
export function numberOfText(text: string): number | undefined {
  const parts = ratio.exec(text);
  const value = parts ? Number(parts[1]) / Number(parts[2]) : decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** The quotient of two whole numbers in lowest terms: `fractionText(2, 6)` is `"1/3"`. */
export function fractionText(numerator: number, denominator: number): string {
  let [a, b] = [Math.abs(numerator), denominator];
  while (b !== 0) [a, b] = [b, a % b];
  return denominator === a ? String(numerator / a) : `${numerator / a}/${denominator / a}`;
}

/** The entry with its sign turned: `"1/3"` → `"-1/3"`. */
export function negatedText(text: string): string {
  if (/^[+-]?[0.]+([eE/].*)?$/.test(text)) return '0';
  return text.startsWith('-') ? text.slice(1) : `-${text.replace(/^\+/, '')}`;
}

/** The column player's texts from `[row][column]` ones: transposed, as `MatrixGame.matrices` holds them. */
export function turnedTexts(texts: readonly (readonly string[])[], write = (text: string) => text): string[][] {
  return (texts[0] ?? []).map((_, j) => texts.map((row) => write(row[j])));
}

/** Entries read as numbers, and as written when any of them is text. */
export interface ReadEntries {
  readonly rows: number[][];
  readonly texts?: string[][];
}

/** Reads rows of numbers and `"p/q"` or decimal texts. Throws `bad-game` naming the entry that is neither. */
export function readEntries(rows: readonly (readonly unknown[])[], where: string): ReadEntries {
  const numbers = rows.map((row, i) =>
    row.map((entry, j) => {
      const value = typeof entry === 'string' ? numberOfText(entry) : entry;
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw new NashlabError('bad-game', {
          what: `entry ${typeof entry === 'number' ? entry : JSON.stringify(entry)}`,
          where: `${where}[${i}][${j}]`,
          expected: 'a finite number or a text such as "1/3"',
        });
      return value;
    }),
  );
  const exact = rows.some((row) => row.some((entry) => typeof entry === 'string'));
  return exact ? { rows: numbers, texts: rows.map((row) => row.map(String)) } : { rows: numbers };
}
