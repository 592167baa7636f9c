import { mainGap } from './gap.ts';
import { type Bundle, groupedBy, isDirect } from './groups.ts';
import { median } from './spread.ts';

/** Who reached the tolerance with the fewest oracle calls, where at least two series did so in every run. */
export interface Fastest {
  readonly subject: string;
  readonly temperature: number;
  readonly metric: string;
  readonly tolerance: number;
  /** Median over the seeds. */
  readonly calls: number;
  /** More than one when they tie. */
  readonly winners: readonly string[];
  /** The next best series and its calls; absent when all tie. */
  readonly next?: { readonly label: string; readonly calls: number };
}

/** Compares like with like only: one game, one temperature, one gap, one tolerance; methods that ask the oracle. */
export function fastestSeries(bundles: readonly Bundle[]): Fastest[] {
  const reached = bundles.flatMap((bundle) => {
    if (isDirect(bundle)) return [];
    const { cell } = bundle.runs[0];
    const metric = mainGap(bundle.runs[0]);
    const all = bundle.runs.every((run) => run.result.code === 'converged' && run.cell.tolerance === cell.tolerance);
    if (!all || metric === undefined || !(cell.tolerance > 0)) return [];
    return [
      { bundle, metric, tolerance: cell.tolerance, calls: median(bundle.runs.map((run) => run.result.oracleCalls)) },
    ];
  });
  const likes = groupedBy(
    reached,
    ({ bundle, metric, tolerance }) => `${bundle.temperature} ${metric} ${tolerance} ${bundle.subject.key}`,
  );
  return likes.flatMap((group): Fastest[] => {
    if (group.length < 2) return [];
    const calls = Math.min(...group.map((entry) => entry.calls));
    const winners = group.filter((entry) => entry.calls === calls).map((entry) => entry.bundle.series.label);
    const slower = group.filter((entry) => entry.calls > calls).sort((a, b) => a.calls - b.calls);
    const next = slower.length === 0 ? {} : { next: { label: slower[0].bundle.series.label, calls: slower[0].calls } };
    const { bundle, metric, tolerance } = group[0];
    const { subject, temperature } = bundle;
    return [{ subject: subject.name, temperature, metric, tolerance, calls, winners, ...next }];
  });
}
