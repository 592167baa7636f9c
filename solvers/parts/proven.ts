/** ` within 3e-15`: how far a bound that multipliers prove is above what was reached; nothing where they agree. */
export function provenWithin(value: number, bound: number): string {
  const short = bound - value;
  return short > 0 ? ` within ${short.toExponential(0)}` : '';
}
