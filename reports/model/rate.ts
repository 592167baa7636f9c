import { evenly } from './evenly.ts';

/** A point of a curve over steps. */
export interface StepValue {
  readonly step: number;
  readonly value: number;
}

/** How a bound falls: by a factor per step, as a power of the step, towards a plateau, or not at all. */
export type RateKind = 'factor' | 'exponent' | 'levelling' | 'flat';

/** A bound whose slope on the logarithmic axes falls below this part of what it was is on its way to a plateau. */
const keptSlope = 0.8;

type Point = readonly [x: number, y: number];

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
function robustSlope(points: readonly Point[]): number {
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

function logarithmic(curve: readonly StepValue[]): Point[] {
  return secondHalf(curve).map(({ step, value }) => [Math.log(step), Math.log(value)]);
}

/** Exponent e of a curve that falls as stepᵉ: the slope of log value over log step in the second half. */
export function exponentOf(curve: readonly StepValue[]): number {
  return robustSlope(logarithmic(curve));
}

/** Factor f of a curve that falls as f^step: exp of the slope of log value over the steps. */
export function factorOf(curve: readonly StepValue[]): number {
  return Math.exp(robustSlope(curve.map(({ step, value }) => [step, Math.log(value)])));
}

/** Parts of an axis in which a bound must not lose its slope. */
const windows = 4;

/** Whether a falling line bends upwards: its slope at the end is well below the steepest before. */
function bends(line: readonly Point[]): boolean {
  const [from, to] = [line[0][0], line[line.length - 1][0]];
  const width = (to - from) / windows;
  const parts = Array.from({ length: windows }, (_, k) =>
    line.filter(([x]) => x >= from + k * width - 1e-9 && x <= from + (k + 1) * width + 1e-9),
  );
  const slopes = parts.map(robustSlope).filter((slope) => !Number.isNaN(slope));
  return slopes.length > 1 && slopes[slopes.length - 1] > keptSlope * Math.min(...slopes);
}

/** Whether a bound is a constant and a part that falls as 1/t. */
function endsInConstant(bound: readonly StepValue[]): boolean {
  const [first, last] = [bound[0], bound[bound.length - 1]];
  const constant = (last.value * last.step - first.value * first.step) / (last.step - first.step);
  const inverse = straightness(
    bound.map(({ step }) => 1 / step),
    bound.map(({ value }) => value),
  );
  return inverse > 1 - 1e-9 && constant > last.value / 100;
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
  if (endsInConstant(bound) || bends(logarithmic(bound))) return 'levelling';
  if (geometric <= power) return 'exponent';
  return bends(bound.map(({ step }, k) => [step, logs[k]])) ? 'levelling' : 'factor';
}
