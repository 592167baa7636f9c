import type { Clock } from './clock.ts';

/** Stretches of the run whose spread says how far an exponent may be off. */
const windows = 8;

/** How fast states beside a trajectory leave it or come to it, the fastest first; natural logarithms. */
export interface Exponents {
  /** Per step; −∞ for a direction that a step forgets at once. */
  readonly perStep: readonly number[];
  /** Per unit of the step size η, where there is one: what a smaller step would share. */
  readonly perTime?: readonly number[];
  /** The one of them that is counted in the clock's unit: steps, or time where the step size changes. */
  readonly perUnit: readonly number[];
  /**
   * Standard errors of `perUnit` from the spread over eight windows of equal time; at least a nat over the whole stretch,
   * which is about what directions gain that only shear apart.
   */
  readonly error: readonly number[];
  /** The growth of the largest over the whole stretch, in nats. */
  readonly growth: number;
}

/** Collects what each step makes of the directions. */
export interface GrowthLedger {
  /** @param step counted from 1. */
  note(step: number, growth: readonly number[]): void;
  /** Nothing where no step has been noted. */
  exponents(): Exponents | undefined;
}

interface Window {
  ticks: number;
  sums: number[];
}

function standardError(means: readonly number[]): number {
  if (means.length < 2) return Number.NaN;
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  const spread = means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (means.length - 1);
  return Math.sqrt(spread / means.length);
}

/** @param from the growth of later steps counts. @param steps the last step there will be. */
export function growthLedger(clock: Clock, from: number, steps: number): GrowthLedger {
  let whole = 0;
  for (let step = from; step < steps; step++) whole += clock.tick(step);
  const parts: Window[] = Array.from({ length: windows }, () => ({ ticks: 0, sums: [] }));
  let passed = 0;
  let time = 0;
  let count = 0;
  return {
    note(step, growth) {
      if (step <= from || growth.length === 0) return;
      const part = parts[Math.min(windows - 1, Math.floor((windows * passed) / whole))];
      const tick = clock.tick(step - 1);
      passed += tick;
      time += clock.size(step - 1);
      part.ticks += tick;
      count++;
      growth.forEach((value, k) => {
        part.sums[k] = (part.sums[k] ?? 0) + value;
      });
    },
    exponents() {
      const used = parts.filter((part) => part.ticks > 0);
      if (used.length === 0) return undefined;
      const totals = used[0].sums.map((_, k) => used.reduce((sum, part) => sum + part.sums[k], 0));
      const errors = totals.map((_, k) => standardError(used.map((part) => part.sums[k] / part.ticks)));
      return {
        perStep: totals.map((total) => total / count),
        ...(clock.hasStepSize ? { perTime: totals.map((total) => total / time) } : {}),
        perUnit: totals.map((total) => total / passed),
        error: errors.map((error) => Math.max(error, 1 / passed)),
        growth: totals[0],
      };
    },
  };
}
