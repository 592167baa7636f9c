/** Median and range of the finite values of several runs. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** Values it summarises. */
  readonly count: number;
  /** Values left out because they are not finite numbers. */
  readonly notFinite: number;
}

/** Middle value; the mean of the two middle ones when there is an even number. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Absent when there is no value at all; NaN when none is finite. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0) return undefined;
  const finite = values.filter((value) => Number.isFinite(value));
  return {
    median: finite.length === 0 ? Number.NaN : median(finite),
    low: finite.length === 0 ? Number.NaN : Math.min(...finite),
    high: finite.length === 0 ? Number.NaN : Math.max(...finite),
    count: finite.length,
    notFinite: values.length - finite.length,
  };
}
