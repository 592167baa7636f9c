import type { Spent } from './spent.ts';
import type { Workload } from './workload.ts';

/** One way to take the same steps. Everything is timed inside `take`, by the contender's own clock. */
export interface Contender {
  readonly name: string;
  /** Takes a workload in, back at its start. */
  place(workload: Workload): Promise<void>;
  /** Takes that many steps from where it stands. */
  take(steps: number): Promise<Spent>;
  /** Log-probabilities where it stands, `[A]`. */
  policy(): Promise<Float64Array>;
  close(): void;
}
