import { citations } from '../src/core/citations/citations.ts';
import type { SolverDefinition } from '../src/solve/solver.ts';
import { type MixtureParams, mixtureGradient, mixtureOf } from './parts/mixture.ts';
import { policyGradient } from './parts/policy-gradient.ts';

/**
 * Nash-MD by policy gradient: actions from π, the opponent a geometric mixture with the reference.
 *
 *   π'_t ∝ π_t^(1−w) ρ^w;   a_t = u(π'_t) − τ·log(π_t/ρ);   log π_{t+1} = log π_t + η·π_t∘(a_t − ⟨π_t, a_t⟩) − const
 *
 * It rests where π = BR_τ(π'), so that π' is the equilibrium at τ/(1 − w): for w > 0 the last iterate is biased.
 */
export const nashMdPg: SolverDefinition<MixtureParams> = {
  name: 'nash-md-pg',
  summary: 'policy gradient against the geometric mixture with the reference; biased for a mixture weight above 0',
  source: citations.munos2024,
  conversion: 'η is the learning rate, w is β of the paper, τ as in the paper',
  ...mixtureGradient,
  make: ({ mixture, stepSize }) =>
    policyGradient((problem, policy) => ({ opponent: mixtureOf(problem, policy, mixture), law: policy }))({ stepSize }),
};
