import { type Metric, perRun } from './metric.ts';
import { totalImprovement } from './player-improvements.ts';

/** Σ over players of the best-response gain. */
export const nashConv: Metric = {
  name: 'nash-conv',
  unit: 'payoff',
  better: 'lower',
  definition: 'sum over players of the best-response gain, the others fixed; 0 exactly at a Nash equilibrium',
  applies: () => true,
  evaluate: perRun(totalImprovement),
};
