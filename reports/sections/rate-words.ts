import type { Spread } from '../model/spread.ts';
import type { RateSummary } from '../model/theory.ts';
import { formatNumber } from '../number.ts';
import { temperatureText } from '../words.ts';

/** Digits enough to tell a factor from 1: 0.93, 0.9987, 0.999996. */
export function factorText(factor: number): string {
  const distance = Math.abs(1 - factor);
  if (distance === 0 || distance > 0.1 || distance < 1e-12) return formatNumber(factor);
  return String(Number(factor.toFixed(1 - Math.floor(Math.log10(distance)))));
}

function spreadText({ median, low, high }: Spread, text: (value: number) => string): string {
  const [from, to] = [text(low), text(high)];
  return from === to ? text(median) : `${text(median)} (${from} to ${to})`;
}

/** `factor per step 0.93 (0.91 to 0.95); bound 0.96`. */
export function rateText({ kind, observed, declared }: RateSummary): string {
  if (kind === 'flat') return 'none: the bound does not fall';
  if (kind === undefined || observed === undefined || declared === undefined)
    return 'none: too few records above rounding';
  const [words, text] =
    kind === 'factor' ? (['factor per step', factorText] as const) : (['exponent', formatNumber] as const);
  return `${words} ${spreadText(observed, text)}; bound ${spreadText(declared, text)}`;
}

const shown = 4;

/** One text per temperature, of the first few; the same law needs no temperature where there is one only. */
export function rateTexts(rates: readonly RateSummary[]): string[] {
  if (rates.length < 2) return rates.map(rateText);
  const texts = rates.slice(0, shown).map((rate) => `${temperatureText(rate.temperature)}: ${rateText(rate)}`);
  return rates.length > shown ? [...texts, `and ${rates.length - shown} more temperatures`] : texts;
}
