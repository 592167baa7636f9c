import type { Backend } from '../numerics/backend.ts';
import type { KnownEquilibrium } from './equilibrium.ts';
import { type Gauge, gauge } from './measure.ts';
import type { Plan, SolveOptions } from './options.ts';
import type { BatchParams } from './params.ts';
import type { JointMeasure } from './play.ts';
import type { Population, PopulationRule } from './population.ts';
import type { Instance, Problem } from './problem.ts';
import type { Regulariser } from './regulariser.ts';

export interface Met {
  readonly population: Population;
  readonly rule: PopulationRule<unknown>;
}

/** What `solve` has settled before a method begins. */
export interface Setting {
  readonly backend: Backend;
  /** A CPU backend: where metrics are computed; `backend` itself if that is one. */
  readonly home: Backend;
  readonly instance: Instance;
  readonly plan: Plan;
  readonly options: SolveOptions;
  readonly params: BatchParams;
  readonly equilibrium: KnownEquilibrium;
  /** R of the regularised game, where it is not reverse KL. */
  readonly regulariser: Regulariser | undefined;
  /** Whom the solver meets, and the rule of that for this instance; nothing where it is its own present policy. */
  readonly met: Met | undefined;
  /** Value of `performance.now()` at which the time limit is reached. */
  readonly deadline: number;
}

/** Why a method has to stop now: an interruption, or the time limit; nothing while it may go on. */
export function haltedBy({ options, deadline }: Pick<Setting, 'options' | 'deadline'>): () => string | undefined {
  const timed = deadline < Number.POSITIVE_INFINITY;
  return () => {
    if (options.signal?.aborted) return 'interrupted';
    return timed && performance.now() >= deadline ? 'time limit' : undefined;
  };
}

/** Measures the iterates of a problem of this setting. */
export function gaugeOf(
  { instance, plan, options, equilibrium, regulariser }: Setting,
  problem: Problem,
  joint: JointMeasure | undefined,
): Gauge {
  const known = 'profile' in equilibrium ? equilibrium.profile : undefined;
  return gauge(instance, problem, known, options.metrics, [plan.gap], regulariser, joint);
}
