import { finalMetric, sharedGap } from './gap.ts';
import { type Bundle, groupedBy } from './groups.ts';
import type { Series } from './series.ts';
import { spreadOf } from './spread.ts';

/** How far the answers at one temperature can be beaten, and how far they went from the reference: medians. */
export interface GapAtDistance {
  readonly temperature: number;
  readonly distance: number;
  readonly gap: number;
}

/** The gap in the game without regularisation beside KL to the reference, one mark per series and temperature. */
export interface GapByDistance {
  readonly metric: string;
  readonly lines: readonly { readonly series: Series; readonly marks: readonly GapAtDistance[] }[];
}

const distanceMetric = 'kl-to-reference';

function markOf({ temperature, runs }: Bundle, metric: string): GapAtDistance[] {
  const medianOf = (name: string) => spreadOf(runs.flatMap((run) => finalMetric(run, name) ?? []))?.median;
  const [distance, gap] = [medianOf(distanceMetric), medianOf(metric)];
  if (distance === undefined || gap === undefined || !Number.isFinite(distance) || !Number.isFinite(gap)) return [];
  return [{ temperature, distance, gap }];
}

/** Nothing unless at least two series are known at several temperatures each: only then is there something to weigh. */
export function gapByDistance(bundles: readonly Bundle[]): GapByDistance | undefined {
  const metric = sharedGap(bundles.flatMap(({ runs }) => runs));
  if (metric === undefined) return undefined;
  const lines = groupedBy(bundles, ({ series }) => series.slot).flatMap((own) => {
    const marks = own.flatMap((bundle) => markOf(bundle, metric)).sort((a, b) => b.temperature - a.temperature);
    return marks.length === 0 ? [] : [{ series: own[0].series, marks }];
  });
  return lines.filter(({ marks }) => marks.length > 1).length < 2 ? undefined : { metric, lines };
}
