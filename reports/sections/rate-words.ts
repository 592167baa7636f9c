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

const powers: readonly (readonly [exponent: number, words: string])[] = [
  [-0.5, '1/√t'],
  [-1, '1/t'],
  [-2, '1/t²'],
];

/** `, like 1/t`; nothing where it is no usual power. */
function likeText(exponent: number): string {
  const usual = powers.find(([power]) => Math.abs(exponent / power - 1) < 0.08);
  return usual === undefined ? '' : `, like ${usual[1]}`;
}

/** `factor per step of the bound 0.96; observed 0.93 (0.91 to 0.95)`. */
export function rateText({ kind, observed, declared }: RateSummary): string {
  if (kind === 'flat') return 'no rate: the bound does not fall';
  if (kind === 'levelling') return 'no rate: the bound levels off';
  if (kind === undefined || observed === undefined || declared === undefined)
    return 'no rate: too few records above rounding';
  const [words, text, like] =
    kind === 'factor'
      ? (['factor per step', factorText, ''] as const)
      : (['exponent', formatNumber, likeText(declared.median)] as const);
  return `${words} of the bound ${spreadText(declared, text)}${like}; observed ${spreadText(observed, text)}`;
}

const shown = 4;

/** One text per temperature, of the first few; the same law needs no temperature where there is one only. */
export function rateTexts(rates: readonly RateSummary[]): string[] {
  if (rates.length < 2) return rates.map(rateText);
  const texts = rates.slice(0, shown).map((rate) => `${temperatureText(rate.temperature)}: ${rateText(rate)}`);
  return rates.length > shown ? [...texts, `and ${rates.length - shown} more temperatures`] : texts;
}
