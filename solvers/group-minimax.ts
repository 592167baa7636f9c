import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { stackedPreferences } from '../src/exact/group-payoffs.ts';
import { minimaxOf } from '../src/exact/zero-sum.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { groupsOf, heaviest } from './parts/grouped.ts';

/**
 * The policy against an adversary who picks the group and the opponent: the largest win rate that every group grants it
 * against everyone.
 *
 *   max_π min_{g, π'} P_g(π ≻ π'), the row player's equilibrium policy of the zero-sum game [P_1 | P_2 | …]
 *
 * With one group it is the maximal lottery, of value ½; with several the value is at most ½, as each could meet itself.
 */
export const groupMinimax: DirectDefinition = {
  name: 'group-minimax',
  summary: 'the largest win rate that every group grants a policy against every opponent',
  source: citations.chakraborty2024,
  conversion: 'the max-min of the paper over groups, with preferences against any opponent for rewards',
  family: 'unregularised',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'max_π min over groups and opponents of P_g(π ≻ π′); in general no equilibrium of the pooled game',
  params: z.strictObject({}),
  check: (instance) => {
    groupsOf(instance, 'group-minimax');
  },
  async answer(instance) {
    const game = groupsOf(instance, 'group-minimax');
    const [count] = game.actions;
    const { row, column, value, gap, method } = await minimaxOf(stackedPreferences(game));
    const picked = game.groups.map((_, g) =>
      column.subarray(g * count, (g + 1) * count).reduce((sum, weight) => sum + weight, 0),
    );
    const names = game.groups.map(({ name }) => name);
    return {
      profile: [row.map(Math.log)],
      method: `${method}: value ${Number(value.toPrecision(12))} to ${gap.toExponential(1)}; the adversary picks ${heaviest(names, picked)}`,
    };
  },
};
