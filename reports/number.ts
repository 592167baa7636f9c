/** Numbers as people read them. */

const digits = 3;

function grouped(integer: string): string {
  return integer.replace(/\B(?=(\d{3})+$)/g, ',');
}

function trimmed(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

/** Three significant digits; scientific below 0.001 and from a million on; whole numbers in full with separators. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'not finite';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const sign = value < 0 ? '−' : '';
  const size = Math.abs(value);
  if (size < 1e9 && Number.isInteger(size)) return sign + grouped(String(size));
  if (size < 0.001 || size >= 1e6) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split('e');
    return `${sign}${trimmed(mantissa)}e${exponent.replace('+', '').replace('-', '−')}`;
  }
  return sign + (size >= 999.5 ? grouped(String(Math.round(size))) : trimmed(size.toPrecision(digits)));
}

/** Probabilities and shares below this are rounding. */
export const rounding = 1e-12;

/** A probability; below 1e-12 it says no more than that. */
export function formatProbability(value: number): string {
  return value > 0 && value < rounding ? `<${formatNumber(rounding)}` : formatNumber(value);
}

/** `1 run`, `2 runs`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

/** ` (1 of 2)` behind the title of a figure that was cut into parts; nothing for a whole one. */
export function partText(part: number, parts: number): string {
  return parts === 1 ? '' : ` (${part + 1} of ${parts})`;
}

/** First letter large, the rest as it is. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
