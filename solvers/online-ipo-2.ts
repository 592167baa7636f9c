import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { policyGradient, stableStep } from './parts/policy-gradient.ts';

/**
 * Online IPO with pairs drawn from the current policy, which is the policy gradient of self-play.
 *
 *   a_t = u(π_t) − τ·log(π_t/ρ);   log π_{t+1} = log π_t + η·π_t∘(a_t − ⟨π_t, a_t⟩) − const
 *
 * The rest points of mirror descent, but an action moves no faster than it is sampled. Last iterate, regularised
 * equilibrium; no rate is known.
 */
export const onlineIpo2: SolverDefinition<StepParams> = {
  name: 'online-ipo-2',
  summary: 'online IPO with pairs from the current policy: the self-play policy gradient',
  source: citations.calandriello2024,
  conversion: 'τ as in IPO; η is 4·lr/τ for a gradient step of rate lr on the loss',
  family: 'regularised',
  rate: 'none proven',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z.strictObject({}),
  defaultStepSize: () => stableStep,
  oracleCallsPerStep: 1,
  guarantees: [],
  make: policyGradient((_, policy) => ({ opponent: policy, law: policy })),
};
