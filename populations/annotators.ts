import { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import { zeroSumEquilibrium } from '../src/exact/zero-sum.ts';
import { knownEquilibrium } from '../src/solve/equilibrium.ts';
import { type MatrixGame, requireGroups } from '../src/solve/game.ts';
import { groupGames } from '../src/solve/matrix-game.ts';
import { type HostProfile, type Instance, temperatureOf } from '../src/solve/problem.ts';
import { meanParameter, populationFamily, requireOverlap, sharesOf, weightsParameter } from './family.ts';

/** What a group alone would have: its regularised equilibrium at τ > 0, else a minimax policy, as log-probabilities. */
async function choiceOf(instance: Instance, game: MatrixGame): Promise<HostProfile> {
  if (temperatureOf(instance, 0) === 0) return [(await zeroSumEquilibrium(game)).row.map(Math.log)];
  const found = knownEquilibrium({ ...instance, game });
  if ('profile' in found) return found.profile;
  throw new NashlabError('not-applicable', {
    what: `the equilibrium of "${game.name}": ${found.unknown}`,
    expected: 'groups whose own equilibria can be computed, or the population "external" with their policies',
  });
}

/**
 * Groups of annotators as opponents: each plays what its own preferences alone would choose, the regularised equilibrium of P_g
 * at the temperature and reference of the run (at τ = 0 a minimax policy). Win rates are still those of the game.
 */
export const annotators = populationFamily({
  name: 'annotators',
  summary: 'each group of annotators plays what its own preferences alone would choose, in proportion to its share',
  parameters: z.strictObject({ weights: weightsParameter, mean: meanParameter }),
  positional: ['weights'],
  examples: ['annotators', 'annotators:weights=1/1/2'],
  check(game, { weights }) {
    sharesOf('annotators', weights, requireGroups(game, 'the population "annotators"').groups.length);
  },
  async rule({ weights, mean }, instance) {
    const game = requireGroups(instance.game, 'the population "annotators"');
    const { groups, actions } = game;
    const shares = sharesOf('annotators', weights ?? groups.map(({ weight }) => weight), groups.length);
    const policies: HostProfile[] = [];
    for (const alone of groupGames(game)) policies.push(await choiceOf(instance, alone));
    if (mean === 'geometric')
      requireOverlap(
        'annotators',
        policies.map(([values]) => values).filter((_, k) => shares[k] > 0),
        actions[0],
      );
    return {
      mean,
      init: ({ ops }) => policies.map(([values]) => ops.tensor(values, [values.length / actions[0], actions[0]])),
      members: (_problem, memory) =>
        groups
          .map(({ name }, k) => ({ name, weight: shares[k], policy: memory[k] }))
          .filter(({ weight }) => weight > 0),
      next: (_problem, memory) => memory,
    };
  },
});
