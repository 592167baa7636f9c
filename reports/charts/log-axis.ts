/** Domain and ticks of a logarithmic axis. */
export interface LogAxis {
  readonly domain: [number, number];
  readonly ticks: number[];
}

const maximalTicks = 8;

function power(exponent: number): number {
  return Number(`1e${exponent}`);
}

/** Powers of ten between two exponents, thinned to at most eight. */
function powers(from: number, to: number): number[] {
  const stride = Math.max(1, Math.ceil((to - from + 1) / maximalTicks));
  const first = Math.ceil(from / stride) * stride;
  return Array.from({ length: Math.floor((to - first) / stride) + 1 }, (_, i) => power(first + i * stride));
}

/** An axis over whole powers of ten that holds all the values, which must be positive. */
export function wholeDecades(values: readonly number[]): LogAxis {
  const low = Math.floor(Math.log10(values.reduce((a, b) => Math.min(a, b))) + 1e-9);
  const high = Math.ceil(Math.log10(values.reduce((a, b) => Math.max(a, b))) - 1e-9);
  const top = high > low ? high : low + 1;
  return { domain: [power(low), power(top)], ticks: powers(low, top) };
}

/** An axis from the smallest to the largest value, which must be positive; 1–2–5 ticks when it is short. */
export function tightRange(values: readonly number[]): LogAxis {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  if (low === high) return { domain: [low / 2, high * 2], ticks: [low] };
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const inside = (tick: number) => tick >= low && tick <= high;
  const whole = powers(from, to).filter(inside);
  if (whole.length >= 3) return { domain: [low, high], ticks: whole };
  const fine = Array.from({ length: to - from + 1 }, (_, i) =>
    [1, 2, 5].map((digit) => Number(`${digit}e${from + i}`)),
  );
  return { domain: [low, high], ticks: fine.flat().filter(inside) };
}
