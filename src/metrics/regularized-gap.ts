import { normaliseLog } from '../numerics/normalise.ts';
import { klDivergence } from './divergence.ts';
import { type Evaluation, rowOffset } from './evaluation.ts';
import type { Metric } from './metric.ts';

/** log BR_τ(π) = log ρ + u(π)/τ − const of one role and run, `[A]`, written over `response`. */
function regularizedBestResponse(evaluation: Evaluation, role: number, run: number, response: Float64Array): void {
  const actions = response.length;
  const reference = evaluation.reference[role];
  const from = rowOffset(reference, actions, run);
  const tau = evaluation.temperature(run);
  const payoffs = evaluation.payoffs[role];
  for (let a = 0; a < actions; a++) response[a] = reference[from + a] + payoffs[run * actions + a] / tau;
  normaliseLog(response);
}

/** Σ over seats of τ·KL(π‖BR_τ(π)): the gain of the best regularised deviation, never a difference of two game values. */
export const regularizedGap: Metric = {
  name: 'regularized-gap',
  unit: 'payoff',
  better: 'lower',
  definition:
    'the duality gap of the game with KL terms to the reference at temperature τ: Σ over players of τ·KL(π‖BR_τ(π)); for a preference game at (π, π): 2τ·KL(π‖BR_τ(π))',
  applies: (_game, { regularised }) => regularised,
  evaluate(evaluation, into) {
    into.fill(0);
    evaluation.game.actions.forEach((actions, role) => {
      const { log, probabilities } = evaluation;
      const response = evaluation.scratch[role];
      for (let run = 0; run < evaluation.runs; run++) {
        regularizedBestResponse(evaluation, role, run, response);
        const divergence = klDivergence(log[role], response, run * actions, 0, actions, probabilities[role]);
        into[run] += evaluation.seats[role] * evaluation.temperature(run) * divergence;
      }
    });
  },
};
