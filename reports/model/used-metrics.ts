import type { ReportModel } from '../model.ts';

/** Metrics that the figures of games speak of. */
export function usedMetrics({ games }: ReportModel): string[] {
  return games.flatMap(({ rows, convergence, guarantees, gapByDistance }) => [
    ...(gapByDistance === undefined ? [] : ['kl-to-reference']),
    ...rows.flatMap(({ gap, original }) => [gap?.metric ?? '', original?.metric ?? '']),
    ...convergence.map(({ metric }) => metric),
    ...guarantees.map(({ metric }) => metric),
  ]);
}
