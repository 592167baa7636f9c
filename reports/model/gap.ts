import type { IterateName, StoredRun } from '../../experiments/stored.ts';
import { improvementColumn } from '../../src/solve/recorder.ts';
import type { GameFacts } from './game.ts';

/** Gaps of the game without regularisation, best known first. */
const originalGaps = ['duality-gap', 'nash-conv', 'exploitability', 'max-regret'];

/** The recorded curve of a metric, or nothing. Values that JSON could not hold come back as NaN. */
export function columnOf(run: StoredRun, iterate: 'last' | 'average', metric: string): readonly number[] | undefined {
  return numbersOf(run, `${iterate}/${metric}`);
}

/** The theorem's bound at every recorded step, or nothing. */
export function boundOf(run: StoredRun): readonly number[] | undefined {
  return numbersOf(run, 'bound');
}

/** The recorded curve of the best-response gain of one role, or nothing. */
export function improvementOf(
  run: StoredRun,
  iterate: 'last' | 'average',
  role: number,
): readonly number[] | undefined {
  return columnOf(run, iterate, improvementColumn(role));
}

function numbersOf(run: StoredRun, column: string): readonly number[] | undefined {
  if (!Object.hasOwn(run.history.columns, column)) return undefined;
  return run.history.columns[column].map((value: unknown) => (typeof value === 'number' ? value : Number.NaN));
}

/** One number a run ended with; NaN when it was measured and is not finite. */
export function finalMetric(
  run: StoredRun,
  metric: string,
  iterate: IterateName = run.cell.iterate,
): number | undefined {
  const metrics = run.iterates[iterate]?.metrics;
  if (metrics === undefined || !Object.hasOwn(metrics, metric)) return undefined;
  const value: unknown = metrics[metric];
  return typeof value === 'number' ? value : value === null ? Number.NaN : undefined;
}

function measures(run: StoredRun, metric: string): boolean {
  return (
    finalMetric(run, metric) !== undefined ||
    columnOf(run, 'last', metric) !== undefined ||
    columnOf(run, 'average', metric) !== undefined
  );
}

/**
 * The gap a run is judged by: the one of its joint distribution where it answered with one, else the regularised one at a
 * positive temperature, else the first original one it measured.
 */
export function mainGap(run: StoredRun): string | undefined {
  if (run.gap !== undefined) return run.gap;
  const candidates = run.cell.temperature > 0 ? ['regularized-gap', ...originalGaps] : originalGaps;
  return candidates.find((metric) => measures(run, metric));
}

/** R of the game that a metric of a run is measured in, where it is a regularised one with another R than reverse KL. */
export function regulariserOf(run: StoredRun, metric: string): string | undefined {
  return metric === 'regularized-gap' ? run.regulariser : undefined;
}

/** The first gap of the original game that all the runs measured. */
export function sharedGap(runs: readonly StoredRun[]): string | undefined {
  return originalGaps.find((metric) => runs.every((run) => measures(run, metric)));
}

const lengths = ['kl-to-reference', 'kl-to-equilibrium', 'max-regret-fraction', 'disagreement'];

/** Where a logarithmic axis ends: 1e-17 times the payoff span, rounded down to a power of ten. Zero is drawn there. */
export function floorOf(game: GameFacts, metric: string): number {
  const span = game.highest - game.lowest;
  const scale = lengths.includes(metric) || !(span > 0) ? 0 : Math.floor(Math.log10(span));
  return Number(`1e${scale - 17}`);
}
