import { klDivergence } from '../numerics/divergence.ts';
import { rowOffset } from './evaluation.ts';
import { type Metric, perRun } from './metric.ts';

/** KL(π*‖π) to the regularised equilibrium, summed over roles. */
export const klToEquilibrium: Metric = {
  name: 'kl-to-equilibrium',
  unit: 'nats',
  better: 'lower',
  definition:
    'KL(π*‖π), π* the regularised equilibrium found independently by Newton’s method; summed over roles; only where it is known to be the only one',
  applies: (_game, { equilibriumKnown }) => equilibriumKnown,
  evaluate: perRun((evaluation, run) =>
    evaluation.game.actions.reduce((sum, actions, role) => {
      const equilibrium = (evaluation.equilibrium as readonly Float64Array[])[role];
      const offset = rowOffset(equilibrium, actions, run);
      return sum + klDivergence(equilibrium, evaluation.log[role], offset, run * actions, actions);
    }, 0),
  ),
};
