import { z } from 'zod';
import { geometricMixture } from '../../src/solve/mirror.ts';
import type { Problem, Profile } from '../../src/solve/problem.ts';
import type { StepParams } from '../../src/solve/solver.ts';

/** A policy gradient method that meets a mixture of its policy with the reference. */
export interface MixtureParams extends StepParams {
  readonly mixture: number;
}

export const mixtureParams = z.strictObject({
  mixture: z
    .number()
    .min(0)
    .max(1)
    .default(0.125)
    .describe('weight w of the reference in the mixture: 0 is self-play, 1 the best response to the reference'),
});

export const mixtureTarget =
  'the policy whose mixture with the reference is the regularised equilibrium at τ/(1 − mixture)';

/** π^(1−w)·ρ^w; the policy itself for w = 0. */
export function mixtureOf(problem: Problem, policy: Profile, weight: number): Profile {
  return weight === 0 ? policy : geometricMixture(problem, policy, problem.reference, weight);
}
