import type { Regulariser } from '../solve/regulariser.ts';
import { type Evaluation, rowOffset } from './evaluation.ts';
import type { Metric } from './metric.ts';

/** What a seat of a role gains with R in place of reverse KL, in one run. */
function gainWith({ gap }: Regulariser, evaluation: Evaluation, role: number, run: number): number {
  const { game, log, payoffs, reference, temperature, temperatureFactors: factors } = evaluation;
  const actions = game.actions[role];
  const row = (values: Float64Array): Float64Array => {
    const from = rowOffset(values, actions, run);
    return values.subarray(from, from + actions);
  };
  return gap(row(log[role]), row(payoffs[role]), row(reference[role]), temperature(run) * (factors?.[role] ?? 1));
}

/** What a gain of `regularisedGains` is in: the temperature of the run, or payoffs where another regulariser is named. */
export function temperatureUnit({ temperature, regulariser }: Evaluation, run: number): number {
  return regulariser === undefined ? temperature(run) : 1;
}

/** KL of every role from its regularised best response; nothing where another regulariser is named. */
export function responseDivergencesOf(evaluation: Evaluation): readonly Float64Array[] | undefined {
  return evaluation.regulariser === undefined ? evaluation.responseDivergences() : undefined;
}

/** Gain of the best regularised deviation of a seat of a role, in `temperatureUnit`s. */
export function regularisedGain(
  evaluation: Evaluation,
  divergences: readonly Float64Array[] | undefined,
  role: number,
  run: number,
): number {
  const { regulariser, temperatureFactors: factors } = evaluation;
  if (regulariser !== undefined) return gainWith(regulariser, evaluation, role, run);
  const divergence = (divergences as readonly Float64Array[])[role][run];
  return factors === undefined ? divergence : factors[role] * divergence;
}

/** Σ over seats of τ·KL(π‖BR_τ(π)), each seat at the temperature of its role: the gain of the best regularised deviation, never a difference of two game values. */
export const regularizedGap: Metric = {
  name: 'regularized-gap',
  unit: 'payoff',
  better: 'lower',
  definition:
    'the duality gap of the game with KL terms to the reference at temperature τ: Σ over players of τ·KL(π‖BR_τ(π)), each at a temperature of its own where they differ; for a preference game at (π, π): 2τ·KL(π‖BR_τ(π)); where another regulariser R is named, R stands in the game for KL and its Bregman divergence from R’s own best response in the gap',
  applies: (_game, { regularised }) => regularised,
  evaluate(evaluation, into) {
    const { runs, seats } = evaluation;
    const divergences = responseDivergencesOf(evaluation);
    for (let run = 0; run < runs; run++) {
      let total = 0;
      for (let role = 0; role < seats.length; role++)
        total += seats[role] * regularisedGain(evaluation, divergences, role, run);
      into[run] = temperatureUnit(evaluation, run) * total;
    }
  },
};
