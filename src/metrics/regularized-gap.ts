import { normaliseLog } from '../numerics/normalise.ts';
import { klDivergence } from './divergence.ts';
import { type Evaluation, rowOffset } from './evaluation.ts';
import type { Metric } from './metric.ts';

/** log BR_τ(π) = log ρ + u(π)/τ − const of one role and run, `[A]`, in the evaluation's scratch. */
function regularizedBestResponse(evaluation: Evaluation, role: number, run: number, tau: number): Float64Array {
  const response = evaluation.scratch[role];
  const actions = response.length;
  const reference = evaluation.reference[role];
  const from = rowOffset(reference, actions, run);
  const payoffs = evaluation.payoffs[role];
  for (let a = 0; a < actions; a++) response[a] = reference[from + a] + payoffs[run * actions + a] / tau;
  normaliseLog(response);
  return response;
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
    const { game, runs, seats, log, probabilities, scratch } = evaluation;
    for (let run = 0; run < runs; run++) {
      const tau = evaluation.temperature(run);
      into[run] = 0;
      for (let role = 0; role < seats.length; role++) {
        const response = regularizedBestResponse(evaluation, role, run, tau);
        const from = run * game.actions[role];
        const divergence = klDivergence(log[role], response, from, 0, scratch[role].length, probabilities[role]);
        into[run] += seats[role] * tau * divergence;
      }
    }
  },
};
