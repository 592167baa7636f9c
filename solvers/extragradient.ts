import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { explicitStep } from '../src/solve/mirror.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { lookAhead } from './parts/look-ahead.ts';
import { largestStep, linearRate, proximalPremise } from './parts/step-forms.ts';

/**
 * EGPO: a half step shows the opponent of the whole step; both start from π_t.
 *
 *   log π_{t+½} = (1 − ητ)·log π_t + ητ·log ρ + η·u(π_t) − const
 *   log π_{t+1} = (1 − ητ)·log π_t + ητ·log ρ + η·u(π_{t+½}) − const
 *
 * Last iterate, regularised equilibrium, linear.
 */
export const extragradient: SolverDefinition<StepParams> = {
  name: 'extragradient',
  summary: 'two explicit steps from one centre, the second against the look-ahead policy; EGPO',
  source: citations.zhou2025,
  aliases: ['egpo'],
  conversion: 'τ is beta; η is 4·lr/(beta·N) of the tabular code',
  family: 'regularised',
  rate: 'linear',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z.strictObject({}),
  defaultStepSize: () => largestStep('explicit', '2/span'),
  oracleCallsPerStep: 2,
  guarantees: [
    {
      statement: 'KL(π*‖π_t) ≤ (1 − ητ)^t·KL(π*‖π₀) for constant η ≤ 2/(s + 2τ), payoff span s',
      source: citations.zhou2025,
      derived: true,
      iterate: 'last',
      equilibrium: 'regularised',
      metric: 'kl-to-equilibrium',
      premises: ({ stepSize }, facts) => proximalPremise('explicit', stepSize, facts, 2 / facts.payoffSpan, '2/s'),
      bound: (step, { stepSize }, facts) => linearRate('explicit', stepSize, facts, step),
    },
  ],
  make: lookAhead(explicitStep),
};
