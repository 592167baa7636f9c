import { z } from 'zod';
import { geometricMixture } from '../../src/solve/mirror.ts';
import type { Problem, Profile } from '../../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../../src/solve/solver.ts';
import { stableStep } from './policy-gradient.ts';

/** A policy gradient method that meets a mixture of its policy with the reference. */
export interface MixtureParams extends StepParams {
  readonly mixture: number;
}

const mixtureParams = z.strictObject({
  mixture: z
    .number()
    .min(0)
    .max(1)
    .default(0.125)
    .describe('weight w of the reference in the mixture: 0 is self-play, 1 the best response to the reference'),
});

const mixtureTarget = 'the policy whose mixture with the reference is the regularised equilibrium at τ/(1 − mixture)';

/** What the policy gradients against a mixture share; laws and papers are their own. */
export const mixtureGradient = {
  family: 'regularised',
  rate: 'none proven',
  iterate: 'last',
  equilibrium: 'none',
  target: mixtureTarget,
  params: mixtureParams,
  defaultStepSize: () => stableStep,
  oracleCallsPerStep: 1,
  guarantees: [],
} satisfies Partial<SolverDefinition<MixtureParams>>;

/** π^(1−w)·ρ^w; the policy itself for w = 0. */
export function mixtureOf(problem: Problem, policy: Profile, weight: number): Profile {
  return weight === 0 ? policy : geometricMixture(problem, policy, problem.reference, weight);
}
