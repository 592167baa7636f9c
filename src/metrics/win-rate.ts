import { rowOffset } from './evaluation.ts';
import type { Metric } from './metric.ts';

/** P(π ≻ ρ): how often the policy is preferred to the reference; preference games only. */
export const winRateAgainstReference: Metric = {
  name: 'win-rate(policy, reference)',
  unit: 'probability',
  better: 'higher',
  definition: 'P(π ≻ ρ): probability that an action of the policy is preferred to an action of the reference',
  applies: (game) => game.kind === 'preference',
  evaluate(evaluation, into) {
    const actions = evaluation.game.actions[0];
    const reference = evaluation.reference[0].map(Math.exp);
    const payoffs = evaluation.payoffs[0];
    // P(π ≻ ρ) = 1 − P(ρ ≻ π) = 1 − Σ ρ_a·u_a(π): the payoffs at hand, where ρ as the opponent would need another evaluation.
    for (let run = 0; run < evaluation.runs; run++) {
      const offset = rowOffset(reference, actions, run);
      let rate = 0;
      for (let a = 0; a < actions; a++) rate += reference[offset + a] * payoffs[run * actions + a];
      into[run] = 1 - rate;
    }
  },
};
