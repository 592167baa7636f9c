import { type Metric, perRun } from './metric.ts';
import { largestImprovement } from './player-improvements.ts';

const ofWhat =
  'of the joint distribution that a solver answers with; of the average iterate: of the play itself, every step’s product of policies with equal weight; of other iterates: of the product of their policies, where it is max-regret';

/** Largest gain of a player by one action always; 0 exactly at a coarse correlated equilibrium. */
export const cceGap: Metric = {
  name: 'cce-gap',
  unit: 'payoff',
  better: 'lower',
  definition: `the largest gain of a player that plays one action always instead of its part, the others following theirs; 0 at a coarse correlated equilibrium; ${ofWhat}`,
  applies: (_game, { deviations = 'none' }) => deviations !== 'none',
  evaluate: perRun((evaluation, run) => evaluation.deviations?.fixed(run) ?? largestImprovement(evaluation, run)),
};

/** Largest gain of a player by a plan of its own for every action; 0 exactly at a correlated equilibrium. */
export const ceGap: Metric = {
  name: 'ce-gap',
  unit: 'payoff',
  better: 'lower',
  definition: `the largest gain of a player that replaces each action of its part by another of its choice, the others following theirs; 0 at a correlated equilibrium; ${ofWhat}`,
  applies: (_game, { deviations }) => deviations === 'swaps',
  evaluate: perRun((evaluation, run) => evaluation.deviations?.swaps?.(run) ?? largestImprovement(evaluation, run)),
};
