import { measuredOfGroups } from '../metrics/group-win-rates.ts';
import { checksUntil } from './check-grid.ts';
import type { KnownEquilibrium } from './equilibrium.ts';
import type { Readings } from './measure.ts';
import type { Plan } from './options.ts';
import { type Entering, type Page, type Place, pages } from './pages.ts';
import { type Instance, rowsOfRun } from './problem.ts';
import { type CheckTime, iterateSolution, type MeasuredIterate, type Recorder, recorder } from './recorder.ts';
import { type Ending, type Law, runSolution } from './run-solution.ts';
import type { IterateName, IterateSolution, ResultCode, RunSolution } from './solution.ts';
import { type Precision, stillness } from './stillness.ts';

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
   * Records checks up to the one at which the last run ends, and ends the runs that are done.
   * @param readings the rows of all runs at the first check, below them those at the second, and so on.
   * @param halted why all must end here.
   * @param entered called after each check.
   */
  enter(checks: readonly CheckTime[], readings: Readings, halted?: string, entered?: (step: number) => void): void;
  /** Ends the runs still going with what was recorded last. */
  abort(reason: string): void;
  solutions(): RunSolution[];
}

/** Records for which room is made before there are any. */
const mostReserved = 2 ** 16;

function finite(log: readonly Float64Array[], actions: readonly number[], row: number): boolean {
  for (let role = 0; role < actions.length; role++) {
    const count = actions[role];
    const values = log[role];
    for (let i = row * count; i < (row + 1) * count; i++) if (!(values[i] < Infinity)) return false;
  }
  return true;
}

export function runLog(
  instance: Instance,
  plan: Plan,
  names: readonly string[],
  equilibrium: KnownEquilibrium,
  precision: Precision,
  theoryOf: Law['theoryOf'],
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
  const seen = pages(actions, runs, names.indexOf(plan.gap), plan.average);
  const bestRecord = new Int32Array(runs);
  const bestGap = new Float64Array(runs).fill(Number.POSITIVE_INFINITY);
  const gaps = new Float64Array(runs).fill(Number.POSITIVE_INFINITY);
  const still = stillness(actions, runs, precision);
  const watchStill = plan.tolerance > 0 && plan.iterate !== 'average';
  const law: Law = { theoryOf, equilibrium, epsilon: precision.dtype === 'float32' ? 2 ** -23 : Number.EPSILON };
  const endings: (Ending | undefined)[] = Array.from({ length: runs }, () => undefined);
  let going = Array.from({ length: runs }, (_, run) => run);
  let records = 0;

  const solutionAt = (
    { page, first }: Place,
    iterate: MeasuredIterate,
    record: number,
    run: number,
  ): IterateSolution => {
    const gains = roleOf.map((role) => page.gains[role][first + run]);
    const log = rowsOfRun(page.log, actions, first + run);
    const metrics = { ...book.metrics(iterate, run, record), ...measuredOfGroups(instance, run, log) };
    return iterateSolution(log, metrics, gains);
  };

  const end = (run: number, result: ResultCode, count: number, reason?: string): void => {
    const record = count - 1;
    const iterates: Partial<Record<IterateName, IterateSolution>> = {};
    for (const iterate of measured) iterates[iterate] = solutionAt(seen.placeOf(iterate, record), iterate, record, run);
    const best = bestRecord[run];
    iterates.best = solutionAt(seen.bestAt(run, best), 'last', best, run);
    endings[run] = { result, ...(reason === undefined ? {} : { reason }), records: count, iterates };
  };

  const judgeRun = (
    { from, last, average }: Entering,
    run: number,
    record: number,
    step: number,
    halted: string | undefined,
  ): void => {
    const first = (record - from) * runs;
    const lastGap = last.gaps[first + run];
    if (record > 0 && (Number.isNaN(lastGap) || !finite(last.log, actions, first + run))) {
      const before = book.steps(record)[record - 1];
      end(run, 'non-finite', record, `the iterate left the finite numbers between steps ${before} and ${step}`);
      return;
    }
    if (lastGap < bestGap[run]) {
      bestGap[run] = lastGap;
      bestRecord[run] = record;
    } else if (bestRecord[run] === record - 1) seen.keepBest(run, record - 1);
    if (plan.iterate === 'last') gaps[run] = lastGap;
    else gaps[run] = plan.iterate === 'best' ? bestGap[run] : (average as Page).gaps[first + run];
    const reason = watchStill ? still.reason(run, step, last.log, bestGap[run], first) : undefined;
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
    enter(checks, readings, halted, entered) {
      const { last, average } = readings;
      const from = book.open(checks);
      book.note('last', last, from, checks.length);
      if (average !== undefined) book.note('average', average, from, checks.length);
      const entering = seen.enter(from, readings);
      for (let k = 0; k < checks.length && going.length > 0; k++) {
        const { step } = checks[k];
        records = from + k + 1;
        for (let g = 0; g < going.length; g++) judgeRun(entering, going[g], from + k, step, halted);
        if (watchStill) still.next(step, last.log, k * runs);
        let ended = false;
        for (let g = 0; g < going.length; g++) ended ||= endings[going[g]] !== undefined;
        if (ended) going = going.filter((run) => endings[run] === undefined);
        entered?.(step);
      }
      seen.keep(records - 1);
    },
    abort(reason) {
      for (const run of going) end(run, 'aborted', records, reason);
      going = [];
    },
    solutions: () => endings.map((ending, run) => runSolution(plan, book, run, ending as Ending, law)),
  };
}
