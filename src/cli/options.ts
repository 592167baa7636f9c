import { InvalidArgumentError } from 'commander';
import { NashlabError } from '../core/errors.ts';
import { backendCatalogue } from '../numerics/catalogue.ts';

/** A number on the command line. */
export function numeral(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('expected a number');
  return value;
}

/** A whole number above 0 on the command line. */
export function wholeNumber(text: string): number {
  const value = numeral(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('expected a whole number above 0');
  return value;
}

/** Numbers separated by commas on the command line. */
export function numerals(text: string): number[] {
  return text.split(',').map(numeral);
}

/** A number, or an expression to be checked later. */
export function numeralOrExpression(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** `key=value` pairs; values that read as numbers are numbers. */
export function assignments(pairs: readonly string[]): Record<string, number | string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1)
        throw new NashlabError('bad-option', {
          what: `--set ${pair}`,
          expected: 'key=value, for example form=proximal',
        });
      return [pair.slice(0, at), numeralOrExpression(pair.slice(at + 1))];
    }),
  );
}

/** Words for the help of `--backend`. */
export const backendWords = `${Object.keys(backendCatalogue).join(', ')}, or auto: by the size of the problem`;
