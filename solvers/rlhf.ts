import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { rewardOptimum, rewardTarget } from './parts/offline.ts';
import { sampling } from './parts/reward-view.ts';

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
  target: rewardTarget,
  params,
  ...rewardOptimum(() => 1),
};
