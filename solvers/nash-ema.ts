import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { explicitStep, geometricMixture, payoffsAgainst } from '../src/solve/mirror.ts';
import type { Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { largestStep } from './parts/step-forms.ts';

interface NashEmaParams extends StepParams {
  readonly memory: number;
}

interface NashEmaState {
  readonly policy: Profile;
  /** Log-probabilities of softmax(θ̄_t): the geometric mean of the policies up to π_t. */
  readonly mean: Profile;
}

/**
 * Nash-EMA: mirror descent against the exponential moving average of the logits, the present ones included.
 *
 *   θ̄_t = (1 − b)·θ_t + b·θ̄_{t−1},  θ̄_0 = θ_0
 *   log π_{t+1} = (1 − ητ)·log π_t + ητ·log ρ + η·u(softmax θ̄_t) − const
 *
 * Where it rests, θ̄ = θ is the regularised equilibrium: no bias. But an opponent that lags drives cycles, so the memory
 * 1/(1 − b) must be short against 1/(ητ). Last iterate; no theorem is known.
 */
export const nashEma: SolverDefinition<NashEmaParams> = {
  name: 'nash-ema',
  summary: 'mirror descent against the moving average of its own logits',
  source: citations.munos2024,
  conversion: 'b is β of the paper, read as θ̄_t = (1 − β)θ_t + βθ̄_{t−1}; η and τ as in Nash-MD',
  family: 'regularised',
  rate: 'none proven',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z.strictObject({
    memory: z
      .number()
      .min(0)
      .lt(1)
      .default(0.5)
      .describe('weight b of the past in the moving average, below 1: 0 is mirror descent'),
  }),
  // Near the equilibrium a lag of b/(1 − b) steps divides the largest stable step by (1 + b)/(1 − b).
  defaultStepSize: ({ memory }) => largestStep('explicit', `4*tau/span^2*${1 - memory}/${1 + memory}`),
  oracleCallsPerStep: 1,
  guarantees: [],
  make: ({ memory, stepSize }) => ({
    init: (problem): NashEmaState => ({ policy: problem.start, mean: problem.start }),
    step(problem, { policy, mean }: NashEmaState, step): NashEmaState {
      const payoffs = payoffsAgainst(problem, mean);
      const next = explicitStep(problem, { centre: policy, payoffs, stepSize: problem.at(stepSize, step) });
      return { policy: next, mean: geometricMixture(problem, next, mean, memory) };
    },
    profile: ({ policy }: NashEmaState) => policy,
  }),
};
