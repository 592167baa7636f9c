import { condorcetWinner } from '../../games/inspection/condorcet.ts';
import { cyclicShare } from '../../games/inspection/hodge.ts';
import { smithSet } from '../../games/inspection/smith-set.ts';
import { matrixFromRows } from '../../games/rows.ts';
import type { GameFacts } from './game.ts';

/** Whether a preference game has a single winner, and what stands in its place. */
export interface Standing {
  /** Label of the action that a majority prefers to every other. */
  readonly condorcetWinner?: string;
  /** Labels of the smallest set whose members all beat everything outside it. */
  readonly smithSet: readonly string[];
  /** Share of the margins' energy that no score can explain. */
  readonly cyclicShare?: number;
}

/** Absent for games without preferences, or without a stored matrix. */
export function standingOf({ kind, labels, payoffs }: GameFacts): Standing | undefined {
  if (kind !== 'preference' || payoffs.length === 0) return undefined;
  const matrix = matrixFromRows(payoffs[0], 'matrix');
  const winner = condorcetWinner(matrix);
  const share = cyclicShare(matrix);
  return {
    ...(winner === undefined ? {} : { condorcetWinner: labels[0][winner] }),
    smithSet: smithSet(matrix).map((action) => labels[0][action]),
    ...(share === undefined ? {} : { cyclicShare: share }),
  };
}
