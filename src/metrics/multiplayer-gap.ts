import type { Metric } from './metric.ts';
import { largestImprovement } from './player-improvements.ts';
import { regularisedGain, responseDivergencesOf, temperatureUnit } from './regularized-gap.ts';

/**
 * Eq. 9 of MNPO (Wu, Huang et al. 2026): max_π′ J(π′, O) − J(π, O) with the opponents O fixed and J(π, O) the payoff less
 * τ·KL(π‖ρ), of the player who gains most (max_i DualGap_i where players differ). One-sided: for two players it would be half
 * of the two-player gap.
 */
export const multiplayerGap: Metric = {
  name: 'multiplayer-gap',
  unit: 'payoff',
  better: 'lower',
  definition:
    'what one player gains by the best deviation, its own KL term included, opponents fixed: max over players of max_π′ J(π′, O) − J(π, O), Eq. 9 of MNPO; one-sided, so for two players it would be half of their gap; at τ = 0 it is max-regret',
  applies: ({ roleOf }) => roleOf.length > 2,
  evaluate(evaluation, into) {
    const { runs, seats } = evaluation;
    const regularised = evaluation.temperature(0) > 0;
    const divergences = regularised ? responseDivergencesOf(evaluation) : undefined;
    for (let run = 0; run < runs; run++) {
      if (!regularised) {
        into[run] = largestImprovement(evaluation, run);
        continue;
      }
      let largest = 0;
      for (let role = 0; role < seats.length; role++)
        largest = Math.max(largest, regularisedGain(evaluation, divergences, role, run));
      into[run] = temperatureUnit(evaluation, run) * largest;
    }
  },
};
