import { normalisedLog } from '../numerics/normalise.ts';
import { klDivergence } from './divergence.ts';
import { type Evaluation, rowOffset } from './evaluation.ts';
import { type Metric, perRun } from './metric.ts';

/** log BR_τ(π) = log ρ + u(π)/τ − const of one role and run, `[A]`. */
export function regularizedBestResponse(evaluation: Evaluation, role: number, run: number): Float64Array {
  const actions = evaluation.game.actions[role];
  const reference = evaluation.reference[role];
  const from = rowOffset(reference, actions, run);
  const tau = evaluation.temperature(run);
  const payoffs = evaluation.payoffs[role];
  return normalisedLog(
    Float64Array.from({ length: actions }, (_, a) => reference[from + a] + payoffs[run * actions + a] / tau),
  );
}

/** Σ over seats of τ·KL(π‖BR_τ(π)): the gain of the best regularised deviation, never a difference of two game values. */
export const regularizedGap: Metric = {
  name: 'regularized-gap',
  unit: 'payoff',
  better: 'lower',
  definition:
    'the duality gap of the game with KL terms to the reference at temperature τ: Σ over players of τ·KL(π‖BR_τ(π)); for a preference game at (π, π): 2τ·KL(π‖BR_τ(π))',
  applies: (_game, { regularised }) => regularised,
  evaluate: perRun((evaluation, run) =>
    evaluation.game.actions.reduce((sum, actions, role) => {
      const response = regularizedBestResponse(evaluation, role, run);
      const divergence = klDivergence(evaluation.log[role], response, run * actions, 0, actions);
      return sum + evaluation.seats[role] * evaluation.temperature(run) * divergence;
    }, 0),
  ),
};
