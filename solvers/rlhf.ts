import { z } from 'zod';
import { rewardsOf } from '../src/exact/rewards.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { citations } from './citations.ts';
import { requireOneRun, tilted } from './offline.ts';
import { sampling } from './reward-view.ts';

type Params = z.infer<typeof params>;

const params = z.strictObject({ sampling });

/**
 * Reinforcement learning from human feedback at its optimum: fit Bradley–Terry rewards r to the preferences, then maximise
 * them near the reference.
 *
 *   r = argmin −Σ w_y·w_y'·[P(y ≻ y')·log σ(r_y − r_y') + P(y' ≻ y)·log σ(r_y' − r_y)];   π ∝ ρ·exp(r/τ)
 *
 * No equilibrium of the game: rewards are transitive, and depend on the law w of the pairs unless the preferences are.
 */
export const rlhf: DirectDefinition<Params> = {
  name: 'rlhf',
  summary: 'the KL-regularised optimum of a Bradley–Terry reward model',
  source: citations.ziegler2019,
  conversion: 'τ is β, the weight of KL in units of log odds',
  family: 'baseline',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'ρ·exp(r/τ), the optimum of Bradley–Terry rewards r; in general no equilibrium of the game',
  params,
  check(instance, { sampling }) {
    requireOneRun(instance);
    rewardsOf(instance.game, sampling, instance.reference);
  },
  async answer(instance, { sampling }) {
    const rewards = rewardsOf(instance.game, sampling, instance.reference);
    return tilted(instance, rewards, 'Bradley–Terry fit, then its optimum in closed form');
  },
};
