import type { Timing } from './interleave.ts';
import type { Spent } from './spent.ts';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Which seconds are compared: those of the processor for one thread, those of the clock where several work at once. */
export type Basis = keyof Spent;

export function basisOf(threads: number): Basis {
  return threads === 1 ? 'processor' : 'wall';
}

/** Seconds per step over the rounds. */
export interface Summary {
  readonly name: string;
  readonly rounds: number;
  readonly stepsPerChunk: number;
  readonly median: number;
  readonly least: number;
  /** Median of wall time over processor time. */
  readonly crowding: number;
}

/** Four digits: more are noise, and the file of results is read by people too. */
export function short(value: number): number {
  return Number(value.toPrecision(4));
}

export function summary({ name, stepsPerChunk, rounds }: Timing, basis: Basis): Summary {
  const seconds = rounds.map((round) => round[basis]);
  return {
    name,
    rounds: rounds.length,
    stepsPerChunk,
    median: short(median(seconds)),
    least: short(Math.min(...seconds)),
    crowding: short(median(rounds.map(({ wall, processor }) => wall / Math.max(processor, 1e-9)))),
  };
}

/** Median over the rounds of the ratio of two contenders in one round. */
export function medianRatio(above: Timing, below: Timing, basis: Basis): number {
  return short(median(above.rounds.map((round, k) => round[basis] / below.rounds[k][basis])));
}
