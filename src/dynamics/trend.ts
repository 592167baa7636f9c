/** Whether numbers that come one after the other rise, fall, or only scatter. */
export type Trend = 'up' | 'down' | 'none';

/** Groups whose means must follow one another. */
const groups = 4;
/** Standard errors that a change must be. */
const sure = 4;
/** What settles within this share of its size has no trend: a run that is drawn to a cycle. */
const settled = 0.02;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Scatter about a straight line, from second differences: a drift does not count. */
function scatter(values: readonly number[]): number {
  const bends = values.slice(2).map((value, k) => value - 2 * values[k + 1] + values[k]);
  return bends.length === 0 ? 0 : Math.sqrt(mean(bends.map((bend) => bend ** 2)) / 6);
}

/** Whether three numbers, continued as a geometric sequence, stay near the last. */
function settles([a, b, c]: readonly number[]): boolean {
  const ratio = (c - b) / (b - a);
  return ratio >= 0 && ratio < 1 && Math.abs(((c - b) * ratio) / (1 - ratio)) <= settled * Math.abs(c);
}

/**
 * A trend is a change from the first group of values to the last by more than `least` of their size, in one direction
 * from group to group, larger than four standard errors, and not about to end.
 */
export function trendOf(values: readonly number[], least = 0.002): Trend {
  const count = Math.min(groups, values.length);
  if (count < 3) return 'none';
  const means = Array.from({ length: count }, (_, k) =>
    mean(values.slice(Math.floor((k * values.length) / count), Math.floor(((k + 1) * values.length) / count))),
  );
  const change = means[count - 1] - means[0];
  const error = scatter(values) * Math.sqrt((2 * count) / values.length);
  if (Math.abs(change) <= Math.max(least * Math.abs(means[0]), sure * error)) return 'none';
  if (settles(means.slice(-3))) return 'none';
  const steps = means.slice(1).map((value, k) => value - means[k]);
  if (steps.every((step) => step > 0)) return 'up';
  return steps.every((step) => step < 0) ? 'down' : 'none';
}
