import { rowOffset } from './evaluation.ts';
import { type Metric, perRun } from './metric.ts';

/** P(π ≻ ρ): how often the policy is preferred to the reference; preference games only. */
export const winRateAgainstReference: Metric = {
  name: 'win-rate(policy, reference)',
  unit: 'probability',
  better: 'higher',
  definition: 'P(π ≻ ρ): probability that an action of the policy is preferred to an action of the reference',
  applies: (game) => game.kind === 'preference',
  evaluate(evaluation) {
    const actions = evaluation.game.actions[0];
    const reference = evaluation.reference[0].map(Math.exp);
    const payoffs = evaluation.payoffsAgainst([reference])[0];
    return perRun((_, run) => {
      const offset = rowOffset(payoffs, actions, run);
      let rate = 0;
      for (let a = 0; a < actions; a++) rate += evaluation.probabilities[0][run * actions + a] * payoffs[offset + a];
      return rate;
    })(evaluation);
  },
};
