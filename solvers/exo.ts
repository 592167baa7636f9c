import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { rewardOptimum } from './parts/offline.ts';
import { sampling } from './parts/reward-view.ts';

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
  ...rewardOptimum(({ modelScale }) => modelScale),
};
