import { citations } from '../src/core/citations/citations.ts';
import { NashlabError } from '../src/core/errors.ts';
import { isConstantSumOfTwo } from '../src/solve/game.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { namedDirect } from './parts/named.ts';
import type { PsroParams } from './psro.ts';

/** Double oracle as the exact case of policy-space response oracles: linear programs and best actions. */
export function doubleOracleOf(psro: DirectDefinition<PsroParams>): DirectDefinition<PsroParams> {
  const exact = namedDirect(psro, {
    name: 'double-oracle',
    summary: 'linear programs of a growing part of the game, to which best actions are added',
    source: citations.mcmahan2003,
    conversion: '`responses=1` adds one action per player and round as in the paper; more at once only save rounds',
    fixed: { meta: 'exact', oracle: 'exact', firstMember: 'action' },
    rate: 'finite',
  });
  return {
    ...exact,
    check(instance, params) {
      const { name, roleOf, sum } = instance.game;
      if (!isConstantSumOfTwo(instance.game))
        throw new NashlabError('not-applicable', {
          what: `"double-oracle" on "${name}", a ${sum}-sum game of ${roleOf.length} players`,
          expected:
            'two players whose payoffs add up to a constant, where linear programs apply; "psro" takes any game',
        });
      exact.check(instance, params);
    },
  };
}
