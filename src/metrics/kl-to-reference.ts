import { klDivergence } from '../numerics/divergence.ts';
import { rowOffset } from './evaluation.ts';
import { type Metric, perRun } from './metric.ts';

/** KL(π‖ρ), summed over roles. */
export const klToReference: Metric = {
  name: 'kl-to-reference',
  unit: 'nats',
  better: 'neither',
  definition: 'KL(π‖ρ): how far the policy has moved from the reference; summed over roles',
  applies: () => true,
  evaluate: perRun((evaluation, run) =>
    evaluation.game.actions.reduce((sum, actions, role) => {
      const reference = evaluation.reference[role];
      const offset = rowOffset(reference, actions, run);
      return sum + klDivergence(evaluation.log[role], reference, run * actions, offset, actions);
    }, 0),
  ),
};
