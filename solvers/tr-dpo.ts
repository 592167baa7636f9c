import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { freeStep, geometricMixture, payoffsAgainst } from '../src/solve/mirror.ts';
import type { Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { sampling, seeRewards } from './parts/reward-view.ts';

const params = z.strictObject({
  sampling,
  mixup: z
    .number()
    .positive()
    .max(1)
    .default(0.6)
    .describe('weight α of the policy in the next reference; 1 replaces it (the hard update)'),
  period: z.int().min(1).default(1).describe('solves between two updates of the reference'),
});

type Params = z.infer<typeof params> & StepParams;

interface TrustRegionState {
  readonly policy: Profile;
  readonly reference: Profile;
}

/**
 * Trust-region DPO: an exact DPO solve against a reference that follows the policy, with Bradley–Terry rewards r.
 *
 *   log π_{t+1} = log ρ_t + η·r − const;   log ρ_{t+1} = α·log π_{t+1} + (1 − α)·log ρ_t − const every `period` solves
 *
 * The log-ratio to the first reference grows by α·η·r an update: the regularisation fades, and no equilibrium is approached.
 */
export const trDpo: SolverDefinition<Params> = {
  name: 'tr-dpo',
  summary: 'exact DPO solves against a reference that follows the policy',
  source: citations.gorbatovski2024,
  conversion: 'η is 1/β, one DPO solve; mixup is α; the soft update is in log space, as in tabular logits',
  family: 'baseline',
  rate: 'none: it drifts',
  iterate: 'last',
  equilibrium: 'none',
  target:
    'the actions of the largest Bradley–Terry reward, as its reference drifts away; in general no equilibrium of the game',
  params,
  defaultStepSize: () => '1/tau',
  oracleCallsPerStep: 1,
  sees: (game, { sampling }, reference) => seeRewards(game, sampling, reference),
  guarantees: [],
  make: ({ stepSize, mixup, period }) => ({
    init: (problem): TrustRegionState => ({ policy: problem.start, reference: problem.reference }),
    step(problem, { policy, reference }: TrustRegionState, step): TrustRegionState {
      const payoffs = payoffsAgainst(problem, policy);
      const next = freeStep(problem, { centre: reference, payoffs, stepSize: problem.at(stepSize, step) });
      if ((step + 1) % period !== 0) return { policy: next, reference };
      return { policy: next, reference: mixup === 1 ? next : geometricMixture(problem, reference, next, mixup) };
    },
    profile: ({ policy }: TrustRegionState) => policy,
  }),
};
