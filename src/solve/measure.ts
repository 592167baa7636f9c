import { lookUp } from '../core/names.ts';
import { metrics as catalogue } from '../metrics/catalogue.ts';
import { evaluator } from '../metrics/evaluation.ts';
import type { Metric } from '../metrics/metric.ts';
import type { JointMeasure } from './play.ts';
import type { HostProfile, Instance, Problem, Profile } from './problem.ts';
import type { MeasuredIterate } from './recorder.ts';
import type { Regulariser } from './regulariser.ts';

/** What was measured on a profile; filled anew by the next measurement of that iterate, and good until the scope around it ends. */
export interface Reading {
  /** One array per metric of the gauge, in its order, with one value per run. */
  readonly values: readonly Float64Array[];
  /** Log-probabilities per role, `[B, A_role]`. */
  readonly log: HostProfile;
  /** Best-response gain of a seat of each role, `[B]`. */
  readonly gains: readonly Float64Array[];
}

export interface Readings {
  readonly last: Reading;
  /** Where the average is measured. */
  readonly average: Reading | undefined;
}

/** Measures profiles in float64 on the host, each number once. */
export interface Gauge {
  /** Names of the metrics. */
  readonly names: readonly string[];
  /**
   * @param log log-probabilities per role on the gauge's own CPU backend, `[B|1, A_role]`; −∞ allowed.
   * @param iterate the payoff vectors of the last one are left to the problem, for a solver that asks for the same next.
   */
  measure(log: Profile, iterate: MeasuredIterate): Reading;
}

/**
 * @param problem the instance on a CPU backend.
 * @param asked metric names; all that apply when absent. Unknown names throw `unknown-name`.
 * @param regulariser R of the regularised game, where it is not reverse KL.
 * @param joint what is known of joint distributions behind the iterates.
 */
export function gauge(
  instance: Instance,
  problem: Problem,
  equilibrium: HostProfile | undefined,
  asked: readonly string[] | undefined,
  required: readonly string[],
  regulariser?: Regulariser,
  joint?: JointMeasure,
): Gauge {
  const regularised =
    typeof instance.temperature === 'number' ? instance.temperature > 0 : instance.temperature.every((tau) => tau > 0);
  const facts = { regularised, equilibriumKnown: equilibrium !== undefined, deviations: joint?.kind ?? 'none' };
  const wanted = asked === undefined ? Object.keys(catalogue) : [...new Set([...asked, ...required])];
  const chosen: Metric[] = wanted
    .map((name) => lookUp('metric', catalogue, name))
    .filter((metric) => metric.applies(instance.game, facts));
  const measurer = () => ({
    evaluate: evaluator(instance, problem, equilibrium, regulariser),
    reading: {
      values: chosen.map(() => new Float64Array(instance.runs)),
      log: [] as HostProfile,
      gains: [] as readonly Float64Array[],
    },
  });
  const measurers: Partial<Record<MeasuredIterate, ReturnType<typeof measurer>>> = {};
  return {
    names: chosen.map((metric) => metric.name),
    measure(log, iterate) {
      measurers[iterate] ??= measurer();
      const { evaluate, reading } = measurers[iterate];
      const { evaluation, payoffs } = evaluate(log, joint?.of(iterate));
      for (let k = 0; k < chosen.length; k++) chosen[k].evaluate(evaluation, reading.values[k]);
      reading.gains = evaluation.gains;
      reading.log = evaluation.log;
      if (iterate === 'last') problem.remember(log, payoffs);
      return reading;
    },
  };
}
