import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { gradientStep, logitResponse, payoffsAgainst } from '../src/solve/mirror.ts';
import type { Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { advantagesOf, divergences, type FDivergence } from './parts/f-divergences.ts';
import { rewardTarget } from './parts/offline.ts';
import { sampling, seeRewards } from './parts/reward-view.ts';

const params = z.strictObject({
  sampling,
  divergence: z
    .enum(divergences)
    .default('jensen-shannon')
    .describe('the f-divergence from the rewarded reference that is minimised'),
});

type Params = z.infer<typeof params> & StepParams;

/** The largest steps found sound; only that of the forward KL, convex with curvature ≤ ½ in the logits, is a theorem. */
const steps: Readonly<Record<FDivergence, string>> = {
  'reverse-kl': 'min(1, tau)',
  'forward-kl': '2',
  'jensen-shannon': '2',
  'total-variation': '1/sqrt(t+1)',
};

/**
 * f-DPG: policy gradient on the f-divergence Σ p·f(π/p) from p ∝ ρ·exp(r/τ), r the Bradley–Terry rewards, with actions
 * drawn from π.
 *
 *   log π_{t+1} = log π_t + η·π_t∘(a − ⟨π_t, a⟩) − const,   a = −f'(π_t/p)
 *
 * Every divergence has the minimum p; total variation has a kink there, so its last iterate stays within O(η) of p and
 * needs a step that decays.
 */
export const fDpg: SolverDefinition<Params> = {
  name: 'f-dpg',
  summary: 'policy gradient on an f-divergence from the rewarded reference',
  source: citations.go2023,
  conversion: 'τ is β; p is π_RLHF; η is the learning rate of a full gradient step',
  family: 'baseline',
  rate: 'none proven',
  iterate: 'last',
  equilibrium: 'none',
  target: rewardTarget,
  params,
  defaultStepSize: ({ divergence }) => steps[divergence],
  oracleCallsPerStep: 1,
  sees: (game, { sampling }, reference) => seeRewards(game, sampling, reference),
  guarantees: [],
  make: ({ stepSize, divergence }) => ({
    init: (problem) => problem.start,
    step(problem, policy: Profile, step): Profile {
      const { ops } = problem;
      const target = logitResponse(problem, payoffsAgainst(problem, policy));
      const advantages = policy.map((log, role) => advantagesOf[divergence](ops, ops.sub(log, target[role])));
      return gradientStep(problem, { centre: policy, law: policy, advantages, stepSize: problem.at(stepSize, step) });
    },
    profile: (policy) => policy,
  }),
};
