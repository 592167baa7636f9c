import { klDivergence } from './divergence.ts';
import type { Metric } from './metric.ts';

/** Σ over seats of τ·KL(π‖BR_τ(π)): the gain of the best regularised deviation, never a difference of two game values. */
export const regularizedGap: Metric = {
  name: 'regularized-gap',
  unit: 'payoff',
  better: 'lower',
  definition:
    'the duality gap of the game with KL terms to the reference at temperature τ: Σ over players of τ·KL(π‖BR_τ(π)); for a preference game at (π, π): 2τ·KL(π‖BR_τ(π))',
  applies: (_game, { regularised }) => regularised,
  evaluate(evaluation, into) {
    const { game, runs, seats, log, probabilities } = evaluation;
    const responses = evaluation.responses();
    for (let run = 0; run < runs; run++) {
      let total = 0;
      for (let role = 0; role < seats.length; role++) {
        const actions = game.actions[role];
        const from = run * actions;
        total += seats[role] * klDivergence(log[role], responses[role], from, from, actions, probabilities[role]);
      }
      into[run] = evaluation.temperature(run) * total;
    }
  },
};
