import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { proximalStep } from '../src/solve/mirror.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { lookAhead } from './parts/look-ahead.ts';
import { largestStep, linearRate, proximalPremise } from './parts/step-forms.ts';

/**
 * Nash mirror prox: two proximal steps from π_t, the second against the look-ahead policy.
 *
 *   log π_{t+½} = (log π_t + γτ·log ρ + γ·u(π_t))/(1 + γτ) − const, and the same with u(π_{t+½})
 *
 * The same map as `extragradient` with η = γ/(1 + γτ). Last iterate, regularised equilibrium, linear.
 */
export const mirrorProx: SolverDefinition<StepParams> = {
  name: 'mirror-prox',
  summary: 'two proximal steps from one centre, the second against the look-ahead policy; Nash-MP',
  source: citations.tiapkin2025,
  aliases: ['nash-mp'],
  conversion: 'γ is η/β in the paper; its factor (1 + 2β)⁻¹ is γ = 2',
  family: 'regularised',
  rate: 'linear',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z.strictObject({}),
  defaultStepSize: () => largestStep('proximal', '2/span'),
  oracleCallsPerStep: 2,
  guarantees: [
    {
      statement: 'KL(π*‖π_t) ≤ (1 + γτ)^(−t)·KL(π*‖π₀) for constant γ ≤ 2/s, payoff span s',
      source: citations.tiapkin2025,
      iterate: 'last',
      equilibrium: 'regularised',
      metric: 'kl-to-equilibrium',
      premises: ({ stepSize }, facts) => proximalPremise('proximal', stepSize, facts, 2 / facts.payoffSpan, '2/s'),
      bound: (step, { stepSize }, facts) => linearRate('proximal', stepSize, facts, step),
    },
  ],
  make: lookAhead(proximalStep),
};
