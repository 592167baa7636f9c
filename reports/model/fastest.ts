import { mainGap } from './gap.ts';
import { type Bundle, groupedBy, isDirect } from './groups.ts';
import { median } from './spread.ts';

/** Who reached the tolerance with the fewest oracle calls, where at least two series did so in every run. */
export interface Fastest {
  readonly subject: string;
  readonly temperature: number;
  readonly metric: string;
  /** Median over the seeds. */
  readonly calls: number;
  /** More than one when they tie. */
  readonly winners: readonly string[];
  /** The next best series and its calls; absent when all tie. */
  readonly next?: { readonly label: string; readonly calls: number };
}

/** The tolerance on each game of a bundle: the default follows from the game's payoff span. */
function tolerancesOf({ runs }: Bundle): string {
  return [...new Set(runs.map(({ cell }) => `${cell.game.hash} ${cell.tolerance}`))].sort().join(', ');
}

/** Compares like with like only: one game, one temperature, one gap, one tolerance; methods that ask the oracle. */
export function fastestSeries(bundles: readonly Bundle[]): Fastest[] {
  const reached = bundles.flatMap((bundle) => {
    if (isDirect(bundle)) return [];
    const metric = mainGap(bundle.runs[0]);
    const all = bundle.runs.every((run) => run.result.code === 'converged' && run.cell.tolerance > 0);
    if (!all || metric === undefined) return [];
    return [{ bundle, metric, calls: median(bundle.runs.map((run) => run.result.oracleCalls)) }];
  });
  const likes = groupedBy(
    reached,
    ({ bundle, metric }) => `${bundle.temperature} ${metric} ${bundle.subject.key} ${tolerancesOf(bundle)}`,
  );
  return likes.flatMap((group): Fastest[] => {
    if (group.length < 2) return [];
    const calls = Math.min(...group.map((entry) => entry.calls));
    const winners = group.filter((entry) => entry.calls === calls).map((entry) => entry.bundle.series.label);
    const slower = group.filter((entry) => entry.calls > calls).sort((a, b) => a.calls - b.calls);
    const next = slower.length === 0 ? {} : { next: { label: slower[0].bundle.series.label, calls: slower[0].calls } };
    const { bundle, metric } = group[0];
    const { subject, temperature } = bundle;
    return [{ subject: subject.name, temperature, metric, calls, winners, ...next }];
  });
}
