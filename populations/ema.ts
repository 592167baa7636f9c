import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { meanParameter, populationFamily } from './family.ts';
import { runningMean } from './running-mean.ts';

/**
 * The exponential moving average m_t = (1 − b)·π_t + b·m_{t−1} of the policies, present ones included; geometric: of the
 * logits, θ̄_t = (1 − b)·θ_t + b·θ̄_{t−1}, as in Nash-EMA.
 */
export const ema = populationFamily({
  name: 'ema',
  summary: 'the exponential moving average of all policies, present ones included: of probabilities, or of logits',
  source: citations.munos2024,
  parameters: z.strictObject({
    memory: z
      .number()
      .min(0)
      .lt(1)
      .default(0.5)
      .describe('weight b of the past, 0 ≤ b < 1: it reaches 1/(1 − b) steps back; 0.5 if not given'),
    mean: meanParameter,
  }),
  positional: ['memory'],
  examples: ['ema:0.9', 'ema:0.5,mean=geometric'],
  rule: ({ memory, mean }) => runningMean(mean, () => memory),
});
