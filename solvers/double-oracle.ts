import { citations } from '../src/core/citations/citations.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { namedDirect } from './parts/named.ts';
import type { PsroParams } from './psro.ts';

/** Double oracle as the exact case of policy-space response oracles: linear programs and best actions. */
export function doubleOracleOf(psro: DirectDefinition<PsroParams>): DirectDefinition<PsroParams> {
  return namedDirect(psro, {
    name: 'double-oracle',
    summary: 'linear programs of a growing part of the game, to which best actions are added',
    source: citations.mcmahan2003,
    conversion: '`responses=1` adds one action per player and round as in the paper; more at once only save rounds',
    fixed: { meta: 'exact', oracle: 'exact', firstMember: 'action' },
    rate: 'finite',
  });
}
