import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { hedge, hedgeStep } from './hedge.ts';
import { extrapolated, momentumParameter } from './parts/momentum.ts';
import { constantStep } from './parts/premises.ts';

interface ApoParams extends StepParams {
  readonly momentum: number;
}

/**
 * Accelerated preference optimisation: momentum α on multiplicative weights, the population form of iterative DPO and SPPO.
 *
 *   log π̂_{t+1} = log π_t + η·u(π_t) − const
 *   log π_{t+1} = log π̂_{t+1} + α·(log π̂_{t+1} − log π̂_t) − const,   π̂_0 = π_0
 *
 * Without cycles it does the work of t/(1 − α) steps in t. In a cyclic game the last iterate spirals outward as Hedge's
 * does, and the faster the larger α is. Average iterate, original equilibrium.
 */
export const apo: SolverDefinition<ApoParams> = {
  name: 'apo',
  summary: 'multiplicative weights with momentum',
  source: citations.he2024,
  aliases: ['accelerated-preference-optimization'],
  conversion: 'α as in the paper; η is 1/β of iterative DPO',
  family: 'accelerated',
  rate: 'O(1/√T)',
  iterate: 'average',
  equilibrium: 'original',
  params: z.strictObject({ momentum: momentumParameter }),
  defaultStepSize: () => hedgeStep,
  oracleCallsPerStep: 1,
  guarantees: [
    {
      statement:
        'duality gap of the average ≤ Σ over players of D(1−α)/(ηT) + ηs²/(1−α)·(1/8 + α²/(4(1−|α|))), with D = max_a log 1/π₀(a) and payoff span s; α = 0 is the theorem of Hedge',
      source: citations.he2024,
      derived: true,
      iterate: 'average',
      equilibrium: 'original',
      metric: 'duality-gap',
      premises: ({ stepSize }, facts) => constantStep(stepSize, facts),
      bound: (step, { stepSize, momentum }, facts) => {
        const eta = facts.at(stepSize, 0) / (1 - momentum);
        const cost = 1 / 8 + momentum ** 2 / (4 * (1 - Math.abs(momentum)));
        return facts.divergence / (eta * step) + 2 * eta * facts.payoffSpan ** 2 * cost;
      },
    },
  ],
  make: ({ momentum, stepSize }) => extrapolated(hedge.make({ stepSize }), momentum),
};
