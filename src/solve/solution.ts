import type { BackendInfo } from '../numerics/backend.ts';
import type { GuaranteeVerdict } from './guarantee.ts';
import type { ResolvedParams } from './params.ts';

/** How a run ended. Only `converged` says that the certified gap reached the tolerance. */
export type ResultCode = 'converged' | 'step-limit' | 'stalled' | 'non-finite' | 'aborted';

/** `last`: where the run ended; `average`: the mean of the policies played; `best`: the recorded last iterate of smallest gap. */
export type IterateName = 'last' | 'average' | 'best';

export type MetricValues = Readonly<Record<string, number | readonly number[]>>;

export interface IterateSolution {
  /** Probabilities per role, and their logarithms. */
  readonly profile: readonly (readonly number[])[];
  readonly logProfile: readonly (readonly number[])[];
  readonly metrics: MetricValues;
}

/** Recorded curves by column, all of one length. Column names: `last/duality-gap`, `average/duality-gap`, `bound`. */
export interface History {
  readonly step: readonly number[];
  readonly oracleCalls: readonly number[];
  readonly columns: Readonly<Record<string, readonly number[]>>;
  /** Probabilities per role at each recorded step, kept for games of at most three actions per role. */
  readonly path?: Readonly<Partial<Record<'last' | 'average', readonly (readonly (readonly number[])[])[]>>>;
}

/** One run's answer and its certificate. */
export interface RunSolution {
  readonly result: ResultCode;
  /** Why, where the code leaves it open: `time limit`, `interrupted`, how a direct method found its answer. */
  readonly reason?: string;
  readonly steps: number;
  readonly oracleCalls: number;
  /** The last part of a polished run: in float64 on the CPU. */
  readonly polish?: { readonly steps: number; readonly backend: BackendInfo };
  /** The iterate that is certified, and the gap (a metric's name) that was held against the tolerance. */
  readonly iterate: IterateName;
  readonly gap: string;
  readonly answer: IterateSolution;
  readonly iterates: Readonly<Partial<Record<IterateName, IterateSolution>>>;
  readonly guarantee?: GuaranteeVerdict;
  readonly history: History;
}

export interface Solution {
  readonly runs: readonly RunSolution[];
  /** Parameters with defaults filled in, one set per run. */
  readonly params: readonly ResolvedParams[];
  readonly tolerance: number;
  readonly stepLimit: number;
  readonly wallSeconds: number;
}
