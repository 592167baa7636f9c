import type { Game } from '../solve/game.ts';
import type { Evaluation } from './evaluation.ts';

/** A number measured on a profile, in float64 on the host. */
export interface Metric {
  readonly name: string;
  readonly unit: 'payoff' | 'nats' | 'fraction' | 'probability';
  readonly better: 'lower' | 'higher' | 'neither';
  /** One sentence, printed beside every figure that shows it. */
  readonly definition: string;
  /** Whether it means anything for this game and temperature. */
  applies(game: Game, facts: { readonly regularised: boolean; readonly equilibriumKnown: boolean }): boolean;
  /** Writes one value per run, `[B]`. */
  evaluate(evaluation: Evaluation, into: Float64Array): void;
}

/** Builds `evaluate` from the value of one run. */
export function perRun(value: (evaluation: Evaluation, run: number) => number): Metric['evaluate'] {
  return (evaluation, into) => {
    for (let run = 0; run < evaluation.runs; run++) into[run] = value(evaluation, run);
  };
}
