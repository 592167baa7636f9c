import type { EagerTimes } from './eager-times.ts';
import type { Machine } from './machine.ts';
import type { Roofline } from './roofline.ts';
import type { SolveTimes } from './solve-times.ts';
import type { StepTimes } from './step-times.ts';
import type { SweepTimes } from './sweep.ts';

/** Everything one run of the bench measured; what `--json` writes and the page is made from. */
export interface BenchResult {
  readonly schema: 'nashlab-bench/1';
  readonly date: string;
  /** Chunks of 2 ms and hardly any warm-up: shows that everything runs, and no figures to quote. */
  readonly quick: boolean;
  /** Times that every row of one run was set up anew. */
  readonly sittings: number;
  readonly machine: Machine;
  readonly loadAfter: number;
  readonly minutes: number;
  /** What was left out, and why. */
  readonly skipped: readonly string[];
  /** One run, by number of actions. */
  readonly steps: readonly StepTimes[];
  /** Several runs at once. */
  readonly batches: readonly StepTimes[];
  /** Against the eager form in PyTorch, gap measured after every step. */
  readonly eager: readonly EagerTimes[];
  readonly roofline: readonly Roofline[];
  readonly sweep?: SweepTimes;
  readonly solves: readonly SolveTimes[];
}
