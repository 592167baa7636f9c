import { isConstantSumOfTwo } from '../solve/game.ts';
import type { Metric } from './metric.ts';
import { nashConv } from './nash-conv.ts';

/** max over x′ of u(x′, y) − min over y′ of u(x, y′); in a constant-sum game this is NashConv. */
export const dualityGap: Metric = {
  name: 'duality-gap',
  unit: 'payoff',
  better: 'lower',
  definition:
    'max over x′ of u(x′, y) − min over y′ of u(x, y′), without KL terms; for a preference game at (π, π): 2·(max_a (Pπ)_a − ½)',
  applies: isConstantSumOfTwo,
  evaluate: nashConv.evaluate,
};
