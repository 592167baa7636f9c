import { citations } from '../src/core/citations/citations.ts';
import type { SolverDefinition } from '../src/solve/solver.ts';
import { type MixtureParams, mixtureGradient, mixtureOf } from './parts/mixture.ts';
import { policyGradient } from './parts/policy-gradient.ts';

/**
 * IPO-MD: the gradient of the IPO loss on pairs drawn from a geometric mixture with the reference.
 *
 *   π'_t ∝ π_t^(1−w) ρ^w;   a_t = u(π'_t) − τ·log(π_t/ρ);   log π_{t+1} = log π_t + η·π'_t∘(a_t − ⟨π'_t, a_t⟩) − const
 *
 * The rest points of `nash-md-pg`: π' is the equilibrium at τ/(1 − w), and for w > 0 the last iterate is biased.
 */
export const ipoMd: SolverDefinition<MixtureParams> = {
  name: 'ipo-md',
  summary: 'online IPO on pairs from the geometric mixture with the reference; biased for a mixture weight above 0',
  source: citations.calandriello2024,
  conversion: 'τ as in IPO, w is β of the paper; η is 4·lr/τ for a gradient step of rate lr on the loss',
  ...mixtureGradient,
  make: ({ mixture, stepSize }) =>
    policyGradient((problem, policy) => {
      const sampled = mixtureOf(problem, policy, mixture);
      return { opponent: sampled, law: sampled };
    })({ stepSize }),
};
