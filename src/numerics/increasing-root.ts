/** Value and slope of a function at a point. */
export interface Slope {
  readonly value: number;
  readonly slope: number;
}

/** Halving the reach of a double down to its last digit takes no more. */
const mostSteps = 200;

/**
 * The root x of an increasing function between `low` and `high`, to rounding of max(1, |x|): Newton's method, with a
 * bisection wherever a step would leave the bracket or is not half the one before the last.
 * @param start within the bracket.
 */
export function increasingRoot(at: (x: number) => Slope, low: number, high: number, start: number): number {
  let [x, below, above] = [start, low, high];
  let [last, before] = [above - below, above - below];
  for (let k = 0; k < mostSteps; k++) {
    const { value, slope } = at(x);
    if (value === 0) return x;
    if (value > 0) above = x;
    else below = x;
    const newton = x - value / slope;
    const steady = newton > below && newton < above && Math.abs(newton - x) <= before / 2;
    const next = steady ? newton : below + (above - below) / 2;
    before = last;
    last = Math.abs(next - x);
    if (last <= Number.EPSILON * Math.max(1, Math.abs(next))) return next;
    x = next;
  }
  return x;
}
