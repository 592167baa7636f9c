import { formatNumber } from '../../reports/number.ts';
import { correlatedEquilibrium } from '../exact/correlated.ts';
import { incentiveSize } from '../exact/cut-simplex.ts';
import { formedLimit } from '../exact/formed-payoffs.ts';
import { jointActions, payoffArrays } from '../exact/payoff-arrays.ts';
import type { Game } from '../solve/game.ts';

/** The correlated equilibrium of largest welfare: payoffs per seat, and their sum. */
export interface CorrelatedWelfare {
  readonly welfare: number;
  readonly payoffs: readonly number[];
}

/** Up to this many incentives the program takes well under a second. */
const incentiveLimit = 20_000;

/** Computed for small games in which welfare is not the same whatever is played. */
export async function correlatedWelfare(game: Game): Promise<CorrelatedWelfare | undefined> {
  if (game.sum !== 'general' || game.draws !== 1) return undefined;
  const actions = game.roleOf.map((role) => game.actions[role]);
  const small = jointActions({ actions }) * actions.length <= formedLimit;
  if (!small || incentiveSize({ actions }, false).entries > incentiveLimit) return undefined;
  const { value, payoffs } = await correlatedEquilibrium(payoffArrays(game));
  return { welfare: value, payoffs };
}

/** `5.33 in a correlated equilibrium, payoffs 2.67, 2.67`. */
export function welfareText({ welfare, payoffs }: CorrelatedWelfare): string {
  return `${formatNumber(welfare)} in a correlated equilibrium, payoffs ${payoffs.map(formatNumber).join(', ')}`;
}
