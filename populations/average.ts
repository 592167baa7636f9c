import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { meanParameter, populationFamily } from './family.ts';
import { runningMean } from './running-mean.ts';

/** All policies so far with equal weights, as fictitious play meets them. */
export const average = populationFamily({
  name: 'average',
  summary: 'all policies so far with equal weights, as in fictitious play',
  source: citations.brown1951,
  parameters: z.strictObject({ mean: meanParameter }),
  positional: ['mean'],
  examples: ['average', 'average:geometric'],
  rule: ({ mean }) => runningMean(mean, (count) => count / (count + 1)),
});
