import type { KnownEquilibrium } from './equilibrium.ts';
import type { ProblemFacts } from './guarantee.ts';
import type { Plan } from './options.ts';
import type { Recorder } from './recorder.ts';
import type { IterateName, IterateSolution, ResultCode, RunSolution } from './solution.ts';
import type { StepParams } from './solver.ts';
import { type Claim, judge } from './verdict.ts';

/** How a run ended. */
export interface Ending {
  readonly result: ResultCode;
  readonly reason?: string;
  readonly records: number;
  readonly iterates: Readonly<Partial<Record<IterateName, IterateSolution>>>;
}

/** What the theorem of a run needs; built once its initial divergence is known. */
export interface Theory {
  readonly facts: ProblemFacts;
  readonly claim: Claim | undefined;
  readonly params: unknown;
}

/** What all runs of a batch are judged by. */
export interface Law {
  readonly theoryOf: (run: number, initialDivergence: number | undefined) => Theory;
  readonly equilibrium: KnownEquilibrium;
  /** Distance from 1 to the next number of the iterate's kind. */
  readonly epsilon: number;
}

/**
 * Bound at a step. At step 0 most theorems say nothing; what stands there instead is the larger of their first bound and
 * the measured value, so that curves start where they can be drawn.
 */
function boundAt({ claim, facts, params }: Theory, step: number, measured: number): number {
  if (claim === undefined) return Number.NaN;
  const bound = claim.guarantee.bound(step, params as never, facts);
  if (Number.isFinite(bound) || step > 0) return bound;
  return Math.max(claim.guarantee.bound(1, params as never, facts), measured);
}

/** A run as its caller sees it: how it ended, its curves, and its theorem held against them. */
export function runSolution(
  plan: Pick<Plan, 'iterate' | 'gap'>,
  book: Recorder,
  run: number,
  { result, reason, records, iterates }: Ending,
  { theoryOf, equilibrium, epsilon }: Law,
): RunSolution {
  const theory = theoryOf(run, book.column('last', 'kl-to-equilibrium', run, 1)?.[0]);
  const { claim, facts } = theory;
  const history = book.history(run, records);
  const steps = history.step;
  const column = claim && book.column(claim.guarantee.iterate, claim.guarantee.metric, run, records);
  // Without the measured curve there is nothing to hold a bound against.
  const holds = claim?.premise === true && column !== undefined;
  const bounds = holds ? steps.map((step, k) => boundAt(theory, step, column[k])) : [];
  const bounded = holds && bounds.every(Number.isFinite);
  const { stepSize } = theory.params as Partial<StepParams>;
  const contraction = stepSize === undefined ? 1 : facts.at(stepSize, steps[records - 1]) * facts.temperature;
  const metric = claim?.guarantee.metric;
  const missing =
    'unknown' in equilibrium && metric === 'kl-to-equilibrium' ? equilibrium.unknown : `${metric} was not recorded`;
  const unmeasured = column === undefined ? missing : 'the bound is not a finite number';
  return {
    result,
    ...(reason === undefined ? {} : { reason }),
    steps: steps[records - 1],
    oracleCalls: book.oracleCalls(records - 1),
    iterate: plan.iterate,
    gap: plan.gap,
    answer: iterates[plan.iterate] as IterateSolution,
    iterates,
    ...(claim === undefined
      ? {}
      : { guarantee: judge(claim, facts, bounds, column, unmeasured, contraction, epsilon) }),
    history: bounded ? { ...history, columns: { ...history.columns, bound: bounds } } : history,
  };
}
