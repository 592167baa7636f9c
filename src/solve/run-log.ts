import type { KnownEquilibrium } from './equilibrium.ts';
import type { ProblemFacts } from './guarantee.ts';
import type { Measurement } from './measure.ts';
import type { Plan } from './options.ts';
import { type HostProfile, type Instance, rowsOfRun } from './problem.ts';
import { iterateSolution, type Recorder, recorder } from './recorder.ts';
import type { IterateName, IterateSolution, ResultCode, RunSolution } from './solution.ts';
import { type Claim, judge } from './verdict.ts';

export type ByIterate<T> = Readonly<Record<'last' | 'average', T | undefined>>;

/** The book of one run: what was recorded, when it ended and why. Its entries never depend on its batch mates. */
export interface RunLog {
  finished(): boolean;
  /** Gap of the certified iterate at the last check. */
  gap(): number;
  check(
    step: number,
    oracleCalls: number,
    reports: ByIterate<HostProfile>,
    measured: ByIterate<Measurement>,
    halted?: string,
  ): void;
  solution(): RunSolution;
}

/** What the theorem of a run needs; built once its initial divergence is known. */
export interface Theory {
  readonly facts: ProblemFacts;
  readonly claim: Claim | undefined;
  readonly params: unknown;
}

/** Checks closer together than this cannot tell a slow run from a stalled one. */
const stallSteps = 10;

function moved(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++)
    if (!(Math.abs(a[i] - b[i]) <= 4 * Number.EPSILON * Math.max(1, Math.abs(a[i])))) return true;
  return false;
}

function finite(rows: readonly Float64Array[]): boolean {
  return rows.every((row) => row.every((value) => value < Infinity && !Number.isNaN(value)));
}

/**
 * Bound at a step. At step 0 most theorems say nothing; what stands there instead is the larger of their first bound and
 * the measured value, so that curves start where they can be drawn.
 */
function boundAt({ claim, facts, params }: Theory, step: number, measured: number | undefined): number {
  if (claim === undefined) return Number.NaN;
  const bound = claim.guarantee.bound(step, params as never, facts);
  if (Number.isFinite(bound) || step > 0) return bound;
  return Math.max(claim.guarantee.bound(1, params as never, facts), measured ?? 0);
}

function runLog(
  run: number,
  instance: Instance,
  plan: Plan,
  book: Recorder,
  equilibrium: KnownEquilibrium,
  theoryOf: (run: number, initialDivergence: number | undefined) => Theory,
): RunLog {
  const { actions } = instance.game;
  /** What each iterate is at the last check; spelled out once, when the run has ended. */
  const held: Partial<Record<IterateName, () => IterateSolution>> = {};
  const bounds: number[] = [];
  let theory: Theory | undefined;
  let ended:
    | { readonly result: ResultCode; readonly reason?: string; readonly step: number; readonly calls: number }
    | undefined;
  let gap = Number.POSITIVE_INFINITY;
  let bestGap = Number.POSITIVE_INFINITY;
  let previous: { readonly step: number; readonly rows: readonly Float64Array[] } | undefined;
  let recorded = { step: 0, calls: 0 };

  const record = (
    step: number,
    calls: number,
    reports: ByIterate<HostProfile>,
    measured: ByIterate<Measurement>,
  ): void => {
    recorded = { step, calls };
    book.open(run, step, calls);
    for (const iterate of ['last', 'average'] as const) {
      const log = reports[iterate];
      const measurement = measured[iterate];
      if (log === undefined || measurement === undefined) continue;
      book.note(run, iterate, log, measurement);
      held[iterate] = () => iterateSolution(log, actions, run, measurement);
    }
    theory ??= theoryOf(run, measured.last?.values['kl-to-equilibrium']?.[run]);
    if (theory.claim?.premise === true) {
      const { iterate, metric } = theory.claim.guarantee;
      bounds.push(boundAt(theory, step, measured[iterate]?.values[metric]?.[run]));
    }
    const lastGap = measured.last?.values[plan.gap][run] ?? Number.NaN;
    if (lastGap < bestGap) {
      bestGap = lastGap;
      held.best = held.last;
    }
    gap = plan.iterate === 'best' ? bestGap : (measured[plan.iterate]?.values[plan.gap][run] ?? Number.NaN);
  };

  const stalled = (step: number, rows: readonly Float64Array[]): boolean => {
    if (previous !== undefined && step - previous.step < stallSteps) return false;
    const still = previous?.rows.every((row, role) => !moved(row, rows[role])) ?? false;
    previous = { step, rows: rows.map((row) => row.slice()) };
    return still;
  };

  return {
    finished: () => ended !== undefined,
    gap: () => gap,
    check(step, calls, reports, measured, halted) {
      const rows = rowsOfRun(reports.last as HostProfile, actions, run);
      const end = (result: ResultCode, reason?: string): void => {
        ended = { result, ...(reason === undefined ? {} : { reason }), ...recorded };
      };
      if (!finite(rows) || Number.isNaN(measured.last?.values[plan.gap][run]))
        return end('non-finite', `the iterate left the finite numbers between steps ${recorded.step} and ${step}`);
      record(step, calls, reports, measured);
      if (plan.tolerance > 0 && gap <= plan.tolerance) end('converged');
      else if (step >= plan.steps) end('step-limit');
      else if (halted !== undefined) end('aborted', halted);
      else if (plan.tolerance > 0 && plan.iterate !== 'average' && stalled(step, rows))
        end('stalled', 'the iterate no longer moves');
    },
    solution() {
      const { result, reason, step, calls } = ended as NonNullable<typeof ended>;
      const { claim, facts } = theory as Theory;
      const iterates: Partial<Record<IterateName, IterateSolution>> = {};
      for (const name of ['last', 'average', 'best'] as const) {
        const solution = held[name]?.();
        if (solution !== undefined) iterates[name] = solution;
      }
      const bounded = claim?.premise === true && bounds.every(Number.isFinite);
      if (bounded) for (const bound of bounds) book.push(run, 'bound', bound);
      const column = claim && book.column(run, `${claim.guarantee.iterate}/${claim.guarantee.metric}`);
      const unmeasured = 'unknown' in equilibrium ? equilibrium.unknown : `${claim?.guarantee.metric} was not recorded`;
      return {
        result,
        ...(reason === undefined ? {} : { reason }),
        steps: step,
        oracleCalls: calls,
        iterate: plan.iterate,
        gap: plan.gap,
        answer: iterates[plan.iterate] as IterateSolution,
        iterates,
        ...(claim === undefined ? {} : { guarantee: judge(claim, facts, bounds, column, unmeasured) }),
        history: book.history(run),
      };
    },
  };
}

/** One log per run of the batch. */
export function runLogs(
  instance: Instance,
  plan: Plan,
  equilibrium: KnownEquilibrium,
  theoryOf: (run: number, initialDivergence: number | undefined) => Theory,
): RunLog[] {
  const book = recorder(instance.game.actions, instance.runs);
  return Array.from({ length: instance.runs }, (_, run) => runLog(run, instance, plan, book, equilibrium, theoryOf));
}
