import { measuredOfGroups } from '../metrics/group-win-rates.ts';
import { copyInto } from '../numerics/copy.ts';
import { checksUntil } from './check-grid.ts';
import type { KnownEquilibrium } from './equilibrium.ts';
import type { ProblemFacts } from './guarantee.ts';
import type { Reading, Readings } from './measure.ts';
import type { Plan } from './options.ts';
import { type Instance, rowsOfRun } from './problem.ts';
import { iterateSolution, type MeasuredIterate, type Recorder, recorder } from './recorder.ts';
import type { IterateName, IterateSolution, ResultCode, RunSolution } from './solution.ts';
import type { StepParams } from './solver.ts';
import { type Precision, stillness } from './stillness.ts';
import { type Claim, judge } from './verdict.ts';

/** The books of a batch: what was recorded, and when and why each run ended. No run's entries depend on its batch mates. */
export interface RunLog {
  /** Runs that have not ended. */
  running(): number;
  /** Whether a run has ended. */
  ended(run: number): boolean;
  /** Steps recorded so far. */
  records(): number;
  /** Largest gap of the certified iterate at the last check, of the runs still going if there are any. */
  gap(): number;
  /**
   * Records a step, and ends the runs that are done.
   * @param first row of the readings at which the runs begin.
   * @param halted why all must end here.
   */
  check(step: number, oracleCalls: number, readings: Readings, first: number, halted?: string): void;
  /** Ends the runs still going with what was recorded last. */
  abort(reason: string): void;
  solutions(): RunSolution[];
}

/** Records for which room is made before there are any. */
const mostReserved = 2 ** 16;

/** What the theorem of a run needs; built once its initial divergence is known. */
export interface Theory {
  readonly facts: ProblemFacts;
  readonly claim: Claim | undefined;
  readonly params: unknown;
}

/** An iterate at one record, for all runs. */
interface Snapshot {
  /** Per role, `[B, A_role]`. */
  readonly log: readonly Float64Array[];
  /** Best-response gains per role, `[B]`. */
  readonly gains: readonly Float64Array[];
  /** The gap held against the tolerance, `[B]`. */
  readonly gaps: Float64Array;
}

interface Ending {
  readonly result: ResultCode;
  readonly reason?: string;
  readonly records: number;
  readonly iterates: Readonly<Partial<Record<IterateName, IterateSolution>>>;
}

function snapshot(actions: readonly number[], runs: number): Snapshot {
  return {
    log: actions.map((count) => new Float64Array(runs * count)),
    gains: actions.map(() => new Float64Array(runs)),
    gaps: new Float64Array(runs),
  };
}

function finite(log: readonly Float64Array[], actions: readonly number[], run: number): boolean {
  for (let role = 0; role < actions.length; role++) {
    const count = actions[role];
    const values = log[role];
    for (let i = run * count; i < (run + 1) * count; i++) if (!(values[i] < Infinity)) return false;
  }
  return true;
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

export function runLog(
  instance: Instance,
  plan: Plan,
  names: readonly string[],
  equilibrium: KnownEquilibrium,
  precision: Precision,
  theoryOf: (run: number, initialDivergence: number | undefined) => Theory,
): RunLog {
  const { runs } = instance;
  const { actions, roleOf } = instance.game;
  const book: Recorder = recorder(
    actions,
    runs,
    names,
    plan.tolerance === 0 ? Math.min(mostReserved, checksUntil(plan.steps, plan.checks)) : undefined,
  );
  const measured = (['last', 'average'] as const).filter((iterate) => iterate === 'last' || plan.average);
  // Two snapshots in turn: what the check before saw is at hand when the present one turns out worse, or not finite.
  const pages = { last: [0, 1].map(() => snapshot(actions, runs)), average: [0, 1].map(() => snapshot(actions, runs)) };
  const bestPage = snapshot(actions, runs);
  const bestRecord = new Int32Array(runs);
  const bestKept = new Int32Array(runs).fill(-1);
  const bestGap = new Float64Array(runs).fill(Number.POSITIVE_INFINITY);
  const gaps = new Float64Array(runs).fill(Number.POSITIVE_INFINITY);
  const still = stillness(actions, runs, precision);
  const epsilon = precision.dtype === 'float32' ? 2 ** -23 : Number.EPSILON;
  const watchStill = plan.tolerance > 0 && plan.iterate !== 'average';
  const endings: (Ending | undefined)[] = Array.from({ length: runs }, () => undefined);
  let going = Array.from({ length: runs }, (_, run) => run);
  let records = 0;

  const pageAt = (iterate: MeasuredIterate, record: number): Snapshot => pages[iterate][record % 2];

  const gapColumn = names.indexOf(plan.gap);
  const write = (page: Snapshot, { log, gains, values }: Reading, first: number): void => {
    copyInto(page.gaps, values[gapColumn], 0, first, runs);
    for (let role = 0; role < actions.length; role++) {
      const count = actions[role];
      copyInto(page.log[role], log[role], 0, first * count, runs * count);
      copyInto(page.gains[role], gains[role], 0, first, runs);
    }
  };

  const solutionAt = (page: Snapshot, iterate: MeasuredIterate, record: number, run: number): IterateSolution => {
    const gains = roleOf.map((role) => page.gains[role][run]);
    const log = rowsOfRun(page.log, actions, run);
    const metrics = { ...book.metrics(iterate, run, record), ...measuredOfGroups(instance, run, log) };
    return iterateSolution(log, metrics, gains);
  };

  /** Keeps the best iterate so far before its page is written over. */
  const keepBest = (run: number, record: number): void => {
    if (bestKept[run] === record) return;
    const page = pageAt('last', record);
    rowsOfRun(page.log, actions, run).forEach((row, role) => {
      bestPage.log[role].set(row, run * actions[role]);
      bestPage.gains[role][run] = page.gains[role][run];
    });
    bestKept[run] = record;
  };

  const end = (run: number, result: ResultCode, count: number, reason?: string): void => {
    const record = count - 1;
    const iterates: Partial<Record<IterateName, IterateSolution>> = {};
    for (const iterate of measured) iterates[iterate] = solutionAt(pageAt(iterate, record), iterate, record, run);
    const best = bestRecord[run];
    const page = bestKept[run] === best ? bestPage : pageAt('last', best);
    iterates.best = solutionAt(page, 'last', best, run);
    endings[run] = { result, ...(reason === undefined ? {} : { reason }), records: count, iterates };
  };

  const judgeRun = (run: number, record: number, step: number, halted: string | undefined): void => {
    const { log, gaps: lastGaps } = pageAt('last', record);
    const lastGap = lastGaps[run];
    if (record > 0 && (Number.isNaN(lastGap) || !finite(log, actions, run))) {
      const before = book.steps(record)[record - 1];
      end(run, 'non-finite', record, `the iterate left the finite numbers between steps ${before} and ${step}`);
      return;
    }
    if (lastGap < bestGap[run]) {
      bestGap[run] = lastGap;
      bestRecord[run] = record;
    } else if (bestRecord[run] === record - 1) keepBest(run, record - 1);
    if (plan.iterate === 'last') gaps[run] = lastGap;
    else gaps[run] = plan.iterate === 'best' ? bestGap[run] : pageAt('average', record).gaps[run];
    const reason = watchStill ? still.reason(run, step, log, bestGap[run]) : undefined;
    if (plan.tolerance > 0 && gaps[run] <= plan.tolerance && step >= plan.firstEnd) end(run, 'converged', record + 1);
    else if (step >= plan.steps) end(run, 'step-limit', record + 1);
    else if (halted !== undefined) end(run, 'aborted', record + 1, halted);
    else if (reason !== undefined) end(run, 'stalled', record + 1, reason);
  };

  return {
    running: () => going.length,
    ended: (run) => endings[run] !== undefined,
    records: () => records,
    gap() {
      let worst = Number.NEGATIVE_INFINITY;
      for (let run = 0; run < runs; run++)
        if (going.length === 0 || endings[run] === undefined) worst = Math.max(worst, gaps[run]);
      return worst;
    },
    check(step, oracleCalls, { last, average }, first, halted) {
      const record = book.open(step, oracleCalls);
      records = record + 1;
      book.note('last', last, first);
      write(pageAt('last', record), last, first);
      if (average !== undefined) {
        book.note('average', average, first);
        write(pageAt('average', record), average, first);
      }
      for (let k = 0; k < going.length; k++) judgeRun(going[k], record, step, halted);
      if (watchStill) still.next(step, pageAt('last', record).log);
      let ended = false;
      for (let k = 0; k < going.length; k++) ended ||= endings[going[k]] !== undefined;
      if (ended) going = going.filter((run) => endings[run] === undefined);
    },
    abort(reason) {
      for (const run of going) end(run, 'aborted', records, reason);
      going = [];
    },
    solutions: () =>
      endings.map((ending, run) => {
        const { result, reason, records: count, iterates } = ending as Ending;
        const theory = theoryOf(run, book.column('last', 'kl-to-equilibrium', run, 1)?.[0]);
        const { claim, facts } = theory;
        const history = book.history(run, count);
        const steps = history.step;
        const column = claim && book.column(claim.guarantee.iterate, claim.guarantee.metric, run, count);
        // Without the measured curve there is nothing to hold a bound against.
        const holds = claim?.premise === true && column !== undefined;
        const bounds = holds ? steps.map((step, k) => boundAt(theory, step, column[k])) : [];
        const bounded = holds && bounds.every(Number.isFinite);
        const { stepSize } = theory.params as Partial<StepParams>;
        const contraction = stepSize === undefined ? 1 : facts.at(stepSize, steps[count - 1]) * facts.temperature;
        const metric = claim?.guarantee.metric;
        const missing =
          'unknown' in equilibrium && metric === 'kl-to-equilibrium'
            ? equilibrium.unknown
            : `${metric} was not recorded`;
        const unmeasured = column === undefined ? missing : 'the bound is not a finite number';
        return {
          result,
          ...(reason === undefined ? {} : { reason }),
          steps: steps[count - 1],
          oracleCalls: book.oracleCalls(count - 1),
          iterate: plan.iterate,
          gap: plan.gap,
          answer: iterates[plan.iterate] as IterateSolution,
          iterates,
          ...(claim === undefined
            ? {}
            : { guarantee: judge(claim, facts, bounds, column, unmeasured, contraction, epsilon) }),
          history: bounded ? { ...history, columns: { ...history.columns, bound: bounds } } : history,
        };
      }),
  };
}
