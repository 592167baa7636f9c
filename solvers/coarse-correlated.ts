import { citations } from '../src/core/citations/citations.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { bestCorrelated, type ObjectiveParams } from './parts/correlated-program.ts';

/**
 * A coarse correlated equilibrium: a joint distribution p that nobody gains by departing from before it is told anything.
 *
 *   Σ p(a, others)·(u_i(a, others) − u_i(b, others)) ≥ 0 for every player i and action b
 *
 * What players without regret play is one in the limit. Of all of them one that is best in an objective, by a linear program.
 */
export const coarseCorrelated: DirectDefinition<ObjectiveParams> = {
  name: 'coarse-correlated',
  summary: 'the coarse correlated equilibrium of largest welfare, smallest payoff, entropy or payoff of a player',
  source: citations.moulin1978,
  aliases: ['coarse-correlated-equilibrium', 'cce'],
  family: 'exact',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'original',
  target: 'a coarse correlated equilibrium, a distribution over joint actions',
  ...bestCorrelated(true),
};
