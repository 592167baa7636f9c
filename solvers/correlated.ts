import { citations } from '../src/core/citations/citations.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { bestCorrelated, type ObjectiveParams } from './parts/correlated-program.ts';

/**
 * A correlated equilibrium: a joint distribution p that nobody gains by departing from, being told its own action only.
 *
 *   Σ_others p(a, others)·(u_i(a, others) − u_i(b, others)) ≥ 0 for every player i and actions a, b
 *
 * Of all of them one that is best in an objective, by a linear program. The policies of the answer are p's marginals, which
 * by themselves are in general no equilibrium.
 */
export const correlated: DirectDefinition<ObjectiveParams> = {
  name: 'correlated',
  summary: 'the correlated equilibrium of largest welfare, smallest payoff, entropy or payoff of a player',
  source: citations.aumann1974,
  aliases: ['correlated-equilibrium', 'ce'],
  family: 'exact',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'original',
  target: 'a correlated equilibrium, a distribution over joint actions',
  ...bestCorrelated(false),
};
