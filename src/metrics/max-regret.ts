import { type Metric, perRun } from './metric.ts';
import { playerImprovements } from './player-improvements.ts';

/** The largest best-response gain of any player. */
export const maxRegret: Metric = {
  name: 'max-regret',
  unit: 'payoff',
  better: 'lower',
  definition: 'the largest single best-response gain of any player',
  applies: () => true,
  evaluate: perRun((evaluation, run) => Math.max(...playerImprovements(evaluation, run))),
};

/** `max-regret` divided by the payoff span of the game. */
export const maxRegretFraction: Metric = {
  name: 'max-regret-fraction',
  unit: 'fraction',
  better: 'lower',
  definition: 'max-regret as a fraction of the payoff span of the game',
  applies: (game) => game.payoffSpan > 0,
  evaluate: (evaluation) => maxRegret.evaluate(evaluation).map((value) => value / evaluation.game.payoffSpan),
};
