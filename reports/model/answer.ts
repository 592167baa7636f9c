import type { StoredRun } from '../../experiments/stored.ts';
import { finalMetric, mainGap, sharedGap } from './gap.ts';
import { byText } from './labels.ts';

/** Probabilities per role of the certified iterate. */
export function policiesOf(run: StoredRun): readonly (readonly number[])[] | undefined {
  return run.iterates[run.cell.iterate]?.profile;
}

/** The run with the smallest final value of its metric, of those that have a policy; the first of equals. */
function smallest(runs: readonly StoredRun[], metricOf: (run: StoredRun) => string | undefined): StoredRun | undefined {
  const value = (run: StoredRun) => {
    const metric = metricOf(run);
    const final = metric === undefined ? undefined : finalMetric(run, metric);
    return final === undefined || Number.isNaN(final) ? Infinity : final;
  };
  const answered = runs.filter((run) => policiesOf(run) !== undefined);
  return answered.reduce<StoredRun | undefined>(
    (best, run) => (best === undefined || value(run) < value(best) ? run : best),
    undefined,
  );
}

/** The run that speaks for runs that differ by their seed only: the one with the smallest gap. */
export function bestSeed(runs: readonly StoredRun[]): StoredRun | undefined {
  return smallest(runs, mainGap);
}

/** The run whose policy orders the actions of a game: the one closest to an equilibrium of the original game. */
export function answerOf(runs: readonly StoredRun[]): StoredRun | undefined {
  const shared = sharedGap(runs);
  return smallest(runs, (run) => shared ?? mainGap(run));
}

/** Actions by falling probability; ties, to within rounding, by label. */
export function orderByProbability(probabilities: readonly number[], labels: readonly string[]): number[] {
  const rounded = probabilities.map((probability) => Math.round(probability * 1e9));
  return labels
    .map((_, action) => action)
    .sort((a, b) => (rounded[b] || 0) - (rounded[a] || 0) || byText(labels[a], labels[b]));
}
