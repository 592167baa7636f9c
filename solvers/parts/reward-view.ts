import { z } from 'zod';
import { type PairLaw, rewardsOf } from '../../src/exact/rewards.ts';
import type { Game } from '../../src/solve/game.ts';
import type { HostProfile } from '../../src/solve/problem.ts';
import { rewardGame } from '../../src/solve/reward-game.ts';

/** A parameter that names the law of compared pairs. */
export const pairLaw = (what: string) => z.enum(['reference', 'uniform']).default('reference').describe(what);

/** The parameter of every method that reads rewards off the preferences. */
export const sampling = pairLaw('the law that both actions of a compared pair are drawn from; the rewards are its fit');

/** The game a reward method plays instead of the preferences: its payoffs are their Bradley–Terry rewards. */
export function seeRewards(game: Game, law: PairLaw, reference: HostProfile): Game {
  return rewardGame(game, rewardsOf(game, law, reference));
}
