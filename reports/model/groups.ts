import type { Cell, StoredRun } from '../../experiments/stored.ts';
import type { Series } from './series.ts';

/** What a section of a report is about: one game, or games drawn by the seeds from one family. */
export interface Subject {
  readonly key: string;
  readonly name: string;
}

export function subjectOf({ game }: Cell): Subject {
  return game.group === undefined
    ? { key: `game ${game.hash}`, name: game.name }
    : { key: `group ${game.group}`, name: game.group };
}

/** The runs of one series on one subject at one temperature: they differ by their seed only. */
export interface Bundle {
  readonly subject: Subject;
  readonly series: Series;
  readonly temperature: number;
  readonly runs: readonly StoredRun[];
}

/** Groups by a key, in order of first appearance. */
export function groupedBy<T>(items: readonly T[], key: (item: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

export function bundlesOf(runs: readonly StoredRun[], series: (run: StoredRun) => Series): Bundle[] {
  const key = (run: StoredRun) => `${series(run).slot} ${run.cell.temperature} ${subjectOf(run.cell).key}`;
  return groupedBy(runs, key).map((group) => ({
    subject: subjectOf(group[0].cell),
    series: series(group[0]),
    temperature: group[0].cell.temperature,
    runs: group,
  }));
}

/** Whether the answer took no oracle call: a direct method, or a start that was the answer. */
export function isDirect({ runs }: Bundle): boolean {
  return runs.every((run) => run.result.oracleCalls === 0);
}

/** The bundles that went a way from a start to an answer; all of them when none did. */
export function iterated(bundles: readonly Bundle[]): readonly Bundle[] {
  const going = bundles.filter((bundle) => !isDirect(bundle));
  return going.length === 0 ? bundles : going;
}

/** The same bundles with their runs on one game only. */
export function onGame(bundles: readonly Bundle[], hash: string): Bundle[] {
  return bundles.flatMap((bundle) => {
    const runs = bundle.runs.filter((run) => run.cell.game.hash === hash);
    return runs.length === 0 ? [] : [{ ...bundle, runs }];
  });
}

/** Bundles of one subject that share a figure. */
export interface FigureGroup {
  /** Absent when the figure holds several temperatures. */
  readonly temperature?: number;
  readonly bundles: readonly Bundle[];
}

/**
 * One group per temperature when some series ran at several; all in one when each series has a temperature of its own
 * (`hedge` at 0 beside the regularised solvers at 0.1); direct methods, which draw no curve, do not count.
 */
export function figureGroups(bundles: readonly Bundle[]): FigureGroup[] {
  const perTemperature = groupedBy(bundles, (bundle) => bundle.temperature);
  const several = groupedBy(iterated(bundles), (bundle) => bundle.series.slot).some((group) => group.length > 1);
  if (perTemperature.length > 1 && !several) return [{ bundles }];
  return perTemperature.map((group) => ({ temperature: group[0].temperature, bundles: group }));
}
