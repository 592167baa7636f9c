import { z } from 'zod';
import { rewardsOf } from '../src/exact/rewards.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { citations } from './citations.ts';
import { requireOneRun, tilted } from './offline.ts';
import { sampling } from './reward-view.ts';

type Params = z.infer<typeof params>;

const params = z.strictObject({
  sampling,
  modelScale: z
    .number()
    .positive()
    .default(1)
    .describe('β of the model, a power of its odds against the reference; it multiplies the temperature'),
});

/**
 * Exact optimisation (EXO) at its optimum: the reverse KL from the model raised to β_m to the rewarded reference.
 *
 *   π^(β_m)·ρ^(1−β_m) ∝ ρ·exp(r/τ), with Bradley–Terry rewards r as in `rlhf`;   so π ∝ ρ·exp(r/(τ·β_m))
 *
 * With two actions and a label that is wrong with probability ε it is finite: the odds of the model are (1 − ε)/ε.
 */
export const exo: DirectDefinition<Params> = {
  name: 'exo',
  summary: 'reverse KL to the rewarded reference at its optimum: rlhf at the temperature τ·modelScale',
  source: citations.ji2024,
  conversion: 'τ is β_r, modelScale is β_π',
  family: 'baseline',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'ρ·exp(r/(τ·modelScale)), r the Bradley–Terry rewards; in general no equilibrium of the game',
  params,
  check(instance, { sampling }) {
    requireOneRun(instance);
    rewardsOf(instance.game, sampling, instance.reference);
  },
  async answer(instance, { sampling, modelScale }) {
    const rewards = rewardsOf(instance.game, sampling, instance.reference);
    return tilted(instance, rewards, 'Bradley–Terry fit, then its optimum in closed form', modelScale);
  },
};
