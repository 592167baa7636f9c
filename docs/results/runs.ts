import type { LoadedExperiment, StoredRun } from '../../experiments/stored.ts';
import { finalMetric } from '../../reports/model/gap.ts';
import { median } from '../../reports/model/spread.ts';

/** Which runs of an experiment: those for which everything given is true. */
export interface Selection {
  readonly solver?: string;
  readonly temperature?: number;
  /** The game as the experiment writes it, or by its name. */
  readonly game?: string;
  /** Parameters as the experiment gives them; `undefined` for one that it leaves open. */
  readonly params?: Readonly<Record<string, number | string | undefined>>;
}

/** The runs that are meant; throws when there is none, so that no number is taken from nothing. */
export function runsOf({ experiment, runs }: LoadedExperiment, selection: Selection): readonly StoredRun[] {
  const { solver, temperature, game, params = {} } = selection;
  const found = runs.filter(
    ({ cell }) =>
      (solver === undefined || cell.solver.name === solver) &&
      (temperature === undefined || cell.temperature === temperature) &&
      (game === undefined || cell.game.group === game || cell.game.name === game) &&
      Object.entries(params).every(([name, value]) => cell.given.params[name] === value),
  );
  if (found.length === 0) throw new Error(`${experiment.name}: no run of ${JSON.stringify(selection)}`);
  return found;
}

/** What each run ended with; throws for a metric that a run did not measure. */
export function finals(runs: readonly StoredRun[], metric: string): number[] {
  return runs.map((run) => {
    const value = finalMetric(run, metric);
    if (value === undefined) throw new Error(`run ${run.id} did not measure ${metric}`);
    return value;
  });
}

export function medianFinal(runs: readonly StoredRun[], metric: string): number {
  return median(finals(runs, metric));
}

export function largestFinal(runs: readonly StoredRun[], metric: string): number {
  return Math.max(...finals(runs, metric));
}

/** How many runs reached their tolerance. */
export function convergedCount(runs: readonly StoredRun[]): number {
  return runs.filter(({ result }) => result.code === 'converged').length;
}

/** `7 of 10`. */
export function outOf(count: number, runs: readonly unknown[]): string {
  return `${count} of ${runs.length}`;
}

/** How many runs stayed within a theorem at every recorded step. */
export function withinCount(runs: readonly StoredRun[]): number {
  return runs.filter(({ guarantee }) => guarantee?.status === 'within').length;
}

export function violatedCount(runs: readonly StoredRun[]): number {
  return runs.filter(({ guarantee }) => guarantee?.status === 'violated').length;
}
