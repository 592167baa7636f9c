import type { Timing } from './interleave.ts';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Processor seconds per step, one entry per round. */
export function secondsPerStep({ rounds }: Timing): number[] {
  return rounds.map(({ processor }) => processor);
}

/** Median over the rounds of the ratio of two contenders in one round. */
export function medianRatio(above: Timing, below: Timing): number {
  const under = secondsPerStep(below);
  return median(secondsPerStep(above).map((seconds, round) => seconds / under[round]));
}

/** Median over rounds and contenders of wall time over processor time: 1 on a quiet machine, more where others run. */
export function crowding(timings: readonly Timing[]): number {
  return median(timings.flatMap(({ rounds }) => rounds.map(({ wall, processor }) => wall / processor)));
}
