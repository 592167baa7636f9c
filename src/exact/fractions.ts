import type { Fraction } from 'mathjs';
import { NashlabError } from '../core/errors.ts';
import { mathjs } from '../core/mathjs.ts';

export type { Fraction };

/** A fraction of two integers. */
export function ratio(numerator: bigint, denominator = 1n): Fraction {
  return mathjs.fraction(numerator, denominator);
}

export const zero = ratio(0n);
export const one = ratio(1n);

/**
 * The exact number that a text or a double says: `"1/3"`, `"0.25"`, `1e-7`. A double is taken as the shortest decimal
 * that prints it, so 0.1 is 1/10.
 */
export function exactNumber(written: number | string): Fraction {
  const text = String(written).trim();
  const quotient = /^([+-]?\d+)\s*\/\s*(\d+)$/.exec(text);
  if (quotient !== null) return ratio(BigInt(quotient[1]), BigInt(quotient[2]));
  const decimal = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (decimal === null || decimal[2] + decimal[3] === '')
    throw new NashlabError('bad-parameter', {
      what: `"${text}" is no exact number`,
      expected: 'a decimal or a fraction p/q',
    });
  const [, sign, whole, digits, exponent = '0'] = decimal;
  const mantissa = BigInt(`${sign}${whole}${digits}`);
  const power = Number(exponent) - digits.length;
  return power >= 0 ? ratio(mantissa * 10n ** BigInt(power)) : ratio(mantissa, 10n ** BigInt(-power));
}

/** The double nearest to a fraction, but for a unit in the last place; also where numerator and denominator overflow. */
export function nearestDouble(value: Fraction): number {
  const { n, d } = value as unknown as { n: bigint; d: bigint };
  const shift = d.toString(2).length - n.toString(2).length + 64;
  const scaled = shift >= 0 ? (n << BigInt(shift)) / d : n / (d << BigInt(-shift));
  const sign = value.compare(0) < 0 ? -1 : 1;
  // Two factors, since 2^−shift alone may leave the range of doubles.
  const half = Math.trunc(shift / 2);
  return sign * Number(scaled) * 2 ** -half * 2 ** -(shift - half);
}

/** `p/q`, or `p` for an integer. */
export function fractionText(value: Fraction): string {
  return value.toFraction();
}

/**
 * Solves a system of linear equations over the rationals by Gauss–Jordan elimination; free unknowns are set to 0.
 * @param rows augmented rows `[a_1 … a_n | b]`; undefined when the system has no solution.
 */
export function solveExactly(rows: readonly (readonly Fraction[])[], unknowns: number): Fraction[] | undefined {
  const work = rows.map((row) => [...row]);
  const pivots: number[] = [];
  let top = 0;
  for (let column = 0; column < unknowns && top < work.length; column++) {
    const pivot = work.findIndex((row, r) => r >= top && row[column].compare(0) !== 0);
    if (pivot < 0) continue;
    [work[top], work[pivot]] = [work[pivot], work[top]];
    const head = work[top][column];
    work[top] = work[top].map((value) => value.div(head));
    for (let r = 0; r < work.length; r++) {
      const factor = work[r][column];
      if (r !== top && factor.compare(0) !== 0)
        work[r] = work[r].map((value, c) => value.sub(factor.mul(work[top][c])));
    }
    pivots.push(column);
    top++;
  }
  if (work.slice(top).some((row) => row[unknowns].compare(0) !== 0)) return undefined;
  const solution = Array.from({ length: unknowns }, () => zero);
  pivots.forEach((column, r) => {
    solution[column] = work[r][unknowns];
  });
  return solution;
}
