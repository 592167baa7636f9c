import { type PairLaw, requirePreferences, rewardsOf } from '../../src/exact/rewards.ts';
import { normalisedLog } from '../../src/numerics/normalise.ts';
import { type Instance, roleTemperatureOf } from '../../src/solve/problem.ts';
import type { DirectAnswer, DirectDefinition } from '../../src/solve/solver.ts';
import { requireOneRun } from './one-run.ts';

/** Refuses what an offline method in closed form cannot answer: several runs at once, games without preferences. */
export function requireOffline(instance: Instance): void {
  requirePreferences(instance.game);
  requireOneRun(instance, 'a closed form for');
}

/** π ∝ ρ·exp(scores/τ): the optimum of E_π[scores] − τ·KL(π‖ρ), τ the instance's temperature times `scale`. */
export function tilted(instance: Instance, scores: Float64Array, method: string, scale = 1): DirectAnswer {
  const temperature = roleTemperatureOf(instance, 0, 0) * scale;
  const [reference] = instance.reference;
  return { profile: [normalisedLog(reference.map((log, action) => log + scores[action] / temperature))], method };
}

/** What methods approach that maximise fitted rewards near the reference. */
export const rewardTarget = 'ρ·exp(r/τ), the optimum of Bradley–Terry rewards r; in general no equilibrium of the game';

/** Fits Bradley–Terry rewards, and answers with their optimum at the temperature times `scale`. */
export function rewardOptimum<Params extends { readonly sampling: PairLaw }>(
  scale: (params: Params) => number,
): Pick<DirectDefinition<Params>, 'check' | 'answer'> {
  return {
    check(instance, { sampling }) {
      requireOffline(instance);
      rewardsOf(instance.game, sampling, instance.reference);
    },
    async answer(instance, params) {
      const rewards = rewardsOf(instance.game, params.sampling, instance.reference);
      return tilted(instance, rewards, 'Bradley–Terry fit, then its optimum in closed form', scale(params));
    },
  };
}
