import type { Spent } from './spent.ts';
import type { Workload } from './workload.ts';

/** One way to take the same steps. Everything is timed inside `take`, by the contender's own clock. */
export interface Contender {
  readonly name: string;
  /** Absent for a contender that can take any workload in. */
  fits?(workload: Workload): boolean;
  /** Takes a workload in, back at its start. */
  place(workload: Workload): Promise<void>;
  /** Takes that many steps from where it stands, or from the start where it always begins there. */
  take(steps: number): Promise<Spent>;
  /** Log-probabilities where it stands, `[B, K]`. */
  policy(): Promise<Float64Array>;
  /** Lets go of the workload. */
  clear(): Promise<void>;
}
