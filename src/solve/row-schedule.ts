import { type CompiledSchedule, compileSchedule, type Schedule, type ScheduleVariables } from '../core/schedule.ts';

/** A schedule for every run of a batch; solvers pass it on to `problem.at` like one that all runs share. */
export interface PerRunSchedule {
  readonly perRun: readonly Schedule[];
}

/** A schedule with the temperatures of a batch filled in. */
export interface RowSchedule {
  /** True when the value does not depend on the step. */
  readonly constant: boolean;
  /** Value at a step: a number where all runs agree, else one per run. */
  at(step: number): number | readonly number[];
}

/**
 * Compiles a schedule for runs of these temperatures. Runs of equal schedule and temperature are evaluated once, by the
 * same expression as they would be alone. Throws `bad-schedule`.
 */
export function rowSchedule(
  schedule: Schedule | PerRunSchedule,
  temperatures: readonly number[],
  fixed: Pick<ScheduleVariables, 'T' | 'span' | 'n'>,
): RowSchedule {
  const kinds: { readonly code: CompiledSchedule; readonly tau: number }[] = [];
  const known = new Map<Schedule, Map<number, number>>();
  const kindOf = temperatures.map((tau, run) => {
    const own = typeof schedule === 'object' ? schedule.perRun[run] : schedule;
    const byTemperature = known.get(own) ?? new Map<number, number>();
    known.set(own, byTemperature);
    const kind = byTemperature.get(tau) ?? kinds.push({ code: compileSchedule(own), tau }) - 1;
    byTemperature.set(tau, kind);
    return kind;
  });
  const evaluate = ({ code, tau }: (typeof kinds)[number], step: number): number => code.at({ ...fixed, t: step, tau });
  return {
    constant: kinds.every(({ code }) => code.constant),
    at(step) {
      if (kinds.length === 1) return evaluate(kinds[0], step);
      const values = kinds.map((kind) => evaluate(kind, step));
      return values.every((value) => value === values[0]) ? values[0] : kindOf.map((kind) => values[kind]);
    },
  };
}
