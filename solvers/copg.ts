import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Problem, Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { rewardTarget } from './parts/offline.ts';
import { policyGradient } from './parts/policy-gradient.ts';
import { pairLaw, seeRewards } from './parts/reward-view.ts';

const params = z.strictObject({
  sampling: z
    .enum(['uniform', 'reference', 'policy'])
    .default('reference')
    .describe('the law w that both actions of a pair of the loss are drawn from'),
  rewardSampling: pairLaw('the law of the compared pairs that the rewards were fitted to'),
});

type Params = z.infer<typeof params> & StepParams;

/** Where d = log(π/p) is one mode of diag w − wwᵀ, w fixed, a step of 1/(τ·mode) solves it; the modes are ≤ ½. */
const steps = { uniform: 'n/tau', reference: '2/tau', policy: 'min(1, 1/tau)' } as const;

/** The laws the pairs of the loss may be drawn from. */
const laws = {
  uniform: ({ ops, actions }: Problem) => actions.map((count) => ops.fill([1, count], -Math.log(count))),
  reference: ({ reference }: Problem) => reference,
  policy: (_: Problem, policy: Profile) => policy,
};

/**
 * Contrastive policy gradient: a gradient step on the pair loss E_{y,y'∼w}[(R(y) − R(y'))²] of the regularised rewards
 * R = r − τ·log(π/ρ), r the Bradley–Terry rewards.
 *
 *   log π_{t+1} = log π_t + η·w∘(R_t − ⟨w, R_t⟩) − const
 *
 * Every law w has the same fixed point π ∝ ρ·exp(r/τ); w = π_t is the policy gradient with a mean baseline.
 */
export const copg: SolverDefinition<Params> = {
  name: 'copg',
  summary: 'gradient of the square loss of reward differences over sampled pairs',
  source: citations.fletBerliac2024,
  conversion: 'τ is β; η is 4·lr·β for a full gradient step of rate lr on the loss over all pairs',
  family: 'baseline',
  rate: 'linear, measured',
  iterate: 'last',
  equilibrium: 'none',
  target: rewardTarget,
  params,
  defaultStepSize: ({ sampling }) => steps[sampling],
  oracleCallsPerStep: 1,
  sees: (game, { rewardSampling }, reference) => seeRewards(game, rewardSampling, reference),
  guarantees: [],
  make: ({ stepSize, sampling }) =>
    policyGradient((problem, policy) => ({ opponent: policy, law: laws[sampling](problem, policy) }))({ stepSize }),
};
