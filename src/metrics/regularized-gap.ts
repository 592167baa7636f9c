import type { Regulariser } from '../solve/regulariser.ts';
import { klDivergence } from './divergence.ts';
import { type Evaluation, rowOffset } from './evaluation.ts';
import type { Metric } from './metric.ts';

/** What a seat gains with R in place of reverse KL, per role, in one run. */
function gainsWith({ gap }: Regulariser, evaluation: Evaluation, run: number): number[] {
  const { game, log, payoffs, reference, temperature } = evaluation;
  return game.actions.map((actions, role) => {
    const row = (values: Float64Array): Float64Array => {
      const from = rowOffset(values, actions, run);
      return values.subarray(from, from + actions);
    };
    return gap(row(log[role]), row(payoffs[role]), row(reference[role]), temperature(run));
  });
}

/** Σ over seats of τ·KL(π‖BR_τ(π)): the gain of the best regularised deviation, never a difference of two game values. */
export const regularizedGap: Metric = {
  name: 'regularized-gap',
  unit: 'payoff',
  better: 'lower',
  definition:
    'the duality gap of the game with KL terms to the reference at temperature τ: Σ over players of τ·KL(π‖BR_τ(π)); for a preference game at (π, π): 2τ·KL(π‖BR_τ(π)); where another regulariser R is named, R stands in the game for KL and its Bregman divergence from R’s own best response in the gap',
  applies: (_game, { regularised }) => regularised,
  evaluate(evaluation, into) {
    const { game, runs, seats, log, probabilities, regulariser } = evaluation;
    if (regulariser !== undefined) {
      for (let run = 0; run < runs; run++)
        into[run] = gainsWith(regulariser, evaluation, run).reduce((sum, gain, role) => sum + seats[role] * gain, 0);
      return;
    }
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
