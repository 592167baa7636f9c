import type { Game } from '../solve/game.ts';
import type { MeasuredDeviations } from './deviations.ts';
import type { Evaluation } from './evaluation.ts';

/** What decides, beside the game, whether a metric means anything. */
export interface MetricFacts {
  /** The temperature is above 0. */
  readonly regularised: boolean;
  readonly equilibriumKnown: boolean;
  /** What is known of joint distributions; nothing by default. */
  readonly deviations?: MeasuredDeviations;
}

/** A number measured on a profile, in float64 on the host. */
export interface Metric {
  readonly name: string;
  readonly unit: 'payoff' | 'nats' | 'fraction' | 'probability';
  readonly better: 'lower' | 'higher' | 'neither';
  /** One sentence, printed beside every figure that shows it. */
  readonly definition: string;
  /** Whether it means anything for this game and temperature. */
  applies(game: Game, facts: MetricFacts): boolean;
  /** Writes one value per run, `[B]`. */
  evaluate(evaluation: Evaluation, into: Float64Array): void;
}

/** Builds `evaluate` from the value of one run. */
export function perRun(value: (evaluation: Evaluation, run: number) => number): Metric['evaluate'] {
  return (evaluation, into) => {
    for (let run = 0; run < evaluation.runs; run++) into[run] = value(evaluation, run);
  };
}
