import { z } from 'zod';
import { NashlabError } from '../../src/core/errors.ts';
import { type CorrelatedObjective, correlatedEquilibrium } from '../../src/exact/correlated.ts';
import { payoffArrays, requirePayoffArrays } from '../../src/exact/payoff-arrays.ts';
import { marginals } from '../../src/solve/joint.ts';
import type { Instance } from '../../src/solve/problem.ts';
import type { DirectAnswer, DirectDefinition } from '../../src/solve/solver.ts';
import { requireOneRun } from './one-run.ts';
import { provenWithin } from './proven.ts';

export const objectiveParams = z.strictObject({
  objective: z
    .string()
    .regex(/^(welfare|egalitarian|entropy|player:[1-9]\d*)$/, {
      error: 'welfare, egalitarian, entropy or player:k with k from 1',
    })
    .default('welfare')
    .describe(
      'what is as large as it can be: welfare, the sum of payoffs; egalitarian, the smallest payoff; entropy; or player:k, the payoff of the kth player',
    ),
});

export type ObjectiveParams = z.infer<typeof objectiveParams>;

function objectiveOf(objective: string): CorrelatedObjective {
  if (objective.startsWith('player:')) return { player: Number(objective.slice('player:'.length)) - 1 };
  return objective as CorrelatedObjective;
}

/** Players are counted from 1, as tables of policies do. */
function requirePlayer(objective: string, players: number): void {
  const found = objectiveOf(objective);
  if (typeof found === 'string' || !('player' in found) || found.player < players) return;
  throw new NashlabError('bad-parameter', {
    what: `objective "${objective}" in a game of ${players} players`,
    expected: `player:1 to player:${players}`,
  });
}

async function answer(instance: Instance, { objective }: ObjectiveParams, coarse: boolean): Promise<DirectAnswer> {
  const { game } = instance;
  const arrays = payoffArrays(game);
  const found = await correlatedEquilibrium(arrays, { coarse, objective: objectiveOf(objective) });
  const joint = { arrays, probabilities: found.joint };
  return {
    profile: marginals(joint, game.roleOf),
    joint,
    method: `${found.method}: ${objective} ${Number(found.value.toPrecision(6))}, proven to be the largest${provenWithin(found.value, found.bound)}`,
  };
}

/** The best (coarse) correlated equilibrium in an objective, as an entry of the catalogue answers with it. */
export function bestCorrelated(
  coarse: boolean,
): Pick<DirectDefinition<ObjectiveParams>, 'params' | 'check' | 'answer' | 'certificate'> {
  return {
    params: objectiveParams,
    certificate: coarse ? 'cce-gap' : 'ce-gap',
    check(instance, { objective }) {
      requireOneRun(instance, 'joint distributions for');
      requirePlayer(objective, instance.game.roleOf.length);
      requirePayoffArrays(instance.game);
    },
    answer: (instance, params) => answer(instance, params, coarse),
  };
}
