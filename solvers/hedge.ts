import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { freeStep } from '../src/solve/mirror.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { constantStep, constantStepBeyondTwo } from './parts/premises.ts';
import { selfPlay } from './parts/self-play.ts';

/** The step that makes the bound of T steps from the uniform policy smallest. */
export const hedgeStep = 'sqrt(8*log(max(n,2))/T)/span';

/**
 * Multiplicative weights in self-play: centre π_t, opponent π_t, no magnet. The population target of SPO, SPPO and DNO.
 *
 *   log π_{t+1} = log π_t + η·u(π_t) − const
 *
 * The average iterate approaches the original equilibrium; the last iterate spirals outward in cyclic games. In a game of more
 * players or of general sum it need not come near an equilibrium, but what is played comes near a coarse correlated one.
 */
export const hedge: SolverDefinition<StepParams> = {
  name: 'hedge',
  summary: 'multiplicative weights in self-play',
  source: citations.freund1999,
  aliases: ['mwu', 'multiplicative-weights'],
  conversion: 'η as in Freund and Schapire, with gains instead of losses',
  family: 'unregularised',
  rate: 'O(1/√T)',
  iterate: 'average',
  equilibrium: 'original',
  params: z.strictObject({}),
  defaultStepSize: () => hedgeStep,
  oracleCallsPerStep: 1,
  guarantees: [
    {
      statement:
        'duality gap of the average ≤ Σ over players of D/(ηT) + ηs²/8, with D = max_a log 1/π₀(a) and payoff span s',
      source: citations.freund1999,
      iterate: 'average',
      equilibrium: 'original',
      metric: 'duality-gap',
      premises: ({ stepSize }, facts) => constantStep(stepSize, facts),
      bound: (step, { stepSize }, facts) => {
        const eta = facts.at(stepSize, 0);
        return facts.divergence / (eta * step) + (2 * eta * facts.payoffSpan ** 2) / 8;
      },
    },
    {
      statement:
        'cce-gap of the play ≤ D/(ηT) + ηs²/8 in any game of any number of players, with D = max_a log 1/π₀(a), the largest of a player, and payoff span s',
      source: citations.freund1999,
      derived: true,
      iterate: 'average',
      equilibrium: 'original',
      metric: 'cce-gap',
      premises: ({ stepSize }, facts) => constantStepBeyondTwo(stepSize, facts),
      bound: (step, { stepSize }, facts) => {
        const eta = facts.at(stepSize, 0);
        return facts.largestDivergence / (eta * step) + (eta * facts.payoffSpan ** 2) / 8;
      },
    },
  ],
  make: selfPlay(freeStep),
};
