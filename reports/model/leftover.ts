import type { StoredRun } from '../../experiments/stored.ts';
import { finalMetric, mainGap, sharedGap } from './gap.ts';
import { groupedBy } from './groups.ts';
import { type Spread, spreadOf } from './spread.ts';

/** The gap that answers to the regularised game leave in the game without regularisation. */
export interface Leftover {
  readonly temperature: number;
  readonly metric: string;
  readonly spread: Spread;
}

/** One entry per temperature and gap, over the runs that converged to the regularised equilibrium. */
export function leftovers(runs: readonly StoredRun[]): Leftover[] {
  const left = runs.flatMap((run) => {
    const metric = sharedGap([run]);
    const value = metric === undefined ? undefined : finalMetric(run, metric);
    if (run.result.code !== 'converged' || mainGap(run) !== 'regularized-gap') return [];
    return metric === undefined || value === undefined ? [] : [{ temperature: run.cell.temperature, metric, value }];
  });
  return groupedBy(left, ({ temperature, metric }) => `${temperature} ${metric}`).flatMap((group) => {
    const spread = spreadOf(group.map(({ value }) => value));
    return spread === undefined || spread.count === 0 ? [] : [{ ...group[0], spread }];
  });
}
