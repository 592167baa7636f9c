import { evenly } from './evenly.ts';

/** A point of a curve over steps. */
export interface StepValue {
  readonly step: number;
  readonly value: number;
}

/** How a bound falls: by a factor per step, as a power of the step, or not at all. */
export type RateKind = 'factor' | 'exponent' | 'flat';

const fewest = 3;
const mostFitted = 40;

/** Squared correlation of two lists: 1 where one is a straight line over the other; NaN when one does not vary. */
function straightness(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const cross = xs.reduce((sum, value, i) => sum + (value - x) * (ys[i] - y), 0);
  const spreadOf = (values: readonly number[], centre: number): number =>
    values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return cross ** 2 / (spreadOf(xs, x) * spreadOf(ys, y));
}

/**
 * Slope of a line through points: the median of the slopes of all pairs, each weighted by its distance in x (Theil and
 * Sen), so that neither a few odd values nor the crowd of early records decides. NaN for fewer than three points.
 */
function robustSlope(points: readonly (readonly [x: number, y: number])[]): number {
  if (points.length < fewest) return Number.NaN;
  const chosen = evenly(points, mostFitted);
  const slopes = chosen.flatMap(([x, y], i) =>
    chosen.slice(i + 1).map(([x2, y2]) => ({ slope: (y2 - y) / (x2 - x), weight: x2 - x })),
  );
  slopes.sort((a, b) => a.slope - b.slope);
  const half = slopes.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let below = 0;
  for (const { slope, weight } of slopes) {
    below += weight;
    if (below >= half) return slope;
  }
  return Number.NaN;
}

/** The second half of a curve on a logarithmic axis: the steps from the root of the last one on. */
function secondHalf(curve: readonly StepValue[]): readonly StepValue[] {
  const last = curve.length === 0 ? 0 : curve[curve.length - 1].step;
  return curve.filter(({ step }) => step >= Math.sqrt(last));
}

/** Exponent e of a curve that falls as stepᵉ: the slope of log value over log step in the second half. */
export function exponentOf(curve: readonly StepValue[]): number {
  return robustSlope(secondHalf(curve).map(({ step, value }) => [Math.log(step), Math.log(value)]));
}

/** Factor f of a curve that falls as f^step: exp of the slope of log value over the steps. */
export function factorOf(curve: readonly StepValue[]): number {
  return Math.exp(robustSlope(curve.map(({ step, value }) => [step, Math.log(value)])));
}

/** Which law a bound follows; nothing where too little is recorded to tell. Steps and values must be positive. */
export function rateKind(bound: readonly StepValue[]): RateKind | undefined {
  if (bound.length < fewest) return undefined;
  const logs = bound.map(({ value }) => Math.log(value));
  const geometric = straightness(
    bound.map(({ step }) => step),
    logs,
  );
  if (geometric > 1 - 1e-9) return 'factor';
  const exponent = exponentOf(bound);
  if (Number.isNaN(exponent)) return undefined;
  if (exponent >= -0.01) return 'flat';
  const power = straightness(
    bound.map(({ step }) => Math.log(step)),
    logs,
  );
  return geometric > power ? 'factor' : 'exponent';
}
