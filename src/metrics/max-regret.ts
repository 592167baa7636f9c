import { type Metric, perRun } from './metric.ts';
import { largestImprovement } from './player-improvements.ts';

/** The largest best-response gain of any player. */
export const maxRegret: Metric = {
  name: 'max-regret',
  unit: 'payoff',
  better: 'lower',
  definition: 'the largest single best-response gain of any player',
  applies: () => true,
  evaluate: perRun(largestImprovement),
};

/** `max-regret` divided by the payoff span of the game. */
export const maxRegretFraction: Metric = {
  name: 'max-regret-fraction',
  unit: 'fraction',
  better: 'lower',
  definition: 'max-regret as a fraction of the payoff span of the game',
  applies: (game) => game.payoffSpan > 0,
  evaluate: perRun((evaluation, run) => largestImprovement(evaluation, run) / evaluation.game.payoffSpan),
};
