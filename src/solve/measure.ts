import { lookUp } from '../core/names.ts';
import { metrics as catalogue } from '../metrics/catalogue.ts';
import { type Evaluation, evaluateProfile } from '../metrics/evaluation.ts';
import type { Metric } from '../metrics/metric.ts';
import { playerImprovements } from '../metrics/player-improvements.ts';
import type { Backend } from '../numerics/backend.ts';
import type { HostProfile, Instance, Problem } from './problem.ts';
import type { MetricValues } from './solution.ts';

export interface Measurement {
  /** Values per metric, one per run. */
  readonly values: Readonly<Record<string, Float64Array>>;
  readonly improvements: (run: number) => number[];
}

/** Measures profiles in float64 on the host, each number once. */
export interface Gauge {
  readonly names: readonly string[];
  measure(log: HostProfile): Measurement;
}

/**
 * @param host a CPU backend, and the instance placed on it.
 * @param asked metric names; all that apply when absent. Unknown names throw `unknown-name`.
 */
export function gauge(
  host: Backend,
  instance: Instance,
  problem: Problem,
  equilibrium: HostProfile | undefined,
  asked: readonly string[] | undefined,
  required: readonly string[],
): Gauge {
  const regularised =
    typeof instance.temperature === 'number' ? instance.temperature > 0 : instance.temperature.every((tau) => tau > 0);
  const facts = { regularised, equilibriumKnown: equilibrium !== undefined };
  const wanted = asked === undefined ? Object.keys(catalogue) : [...new Set([...asked, ...required])];
  const chosen: Metric[] = wanted
    .map((name) => lookUp('metric', catalogue, name))
    .filter((metric) => metric.applies(instance.game, facts));
  return {
    names: chosen.map((metric) => metric.name),
    measure(log) {
      const found: { evaluation?: Evaluation; values: Record<string, Float64Array> } = { values: {} };
      host.scope(() => {
        found.evaluation = evaluateProfile(instance, problem, log, equilibrium);
        for (const metric of chosen) found.values[metric.name] = metric.evaluate(found.evaluation);
      });
      return { values: found.values, improvements: (run) => playerImprovements(found.evaluation as Evaluation, run) };
    },
  };
}

/** One run's numbers, as stored and printed. */
export function metricValues(measurement: Measurement, run: number): MetricValues {
  const scalars = Object.fromEntries(Object.entries(measurement.values).map(([name, values]) => [name, values[run]]));
  return { ...scalars, 'player-improvements': measurement.improvements(run) };
}
