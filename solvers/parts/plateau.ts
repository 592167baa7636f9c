import type { Schedule } from '../../src/core/schedule.ts';
import type { ProblemFacts } from '../../src/solve/guarantee.ts';
import { regularisedStep } from './premises.ts';
import { type Form, linearRate, slack } from './step-forms.ts';

/*
 * One step costs at most (η·range)²/8 per player beyond its contraction (Hoeffding's lemma), where the range is that of the
 * payoffs it errs by. With a constant step the costs add up to a plateau, which is small for small steps.
 */

/** η of a constant step in either form. */
export function explicitSize(form: Form, stepSize: Schedule, { at, temperature }: ProblemFacts): number {
  const size = at(stepSize, 0);
  return form === 'proximal' ? size / (1 + size * temperature) : size;
}

/** γ of a constant step in either form; infinite for ητ = 1. */
export function proximalSize(form: Form, stepSize: Schedule, { at, temperature }: ProblemFacts): number {
  const size = at(stepSize, 0);
  return form === 'proximal' ? size : size / Math.max(0, 1 - size * temperature);
}

/** Whether the step is constant with ητ ≤ 1 in a constant-sum regularised game: true, or what fails. */
export function constantPremise(form: Form, stepSize: Schedule, facts: ProblemFacts): true | string {
  const holds = regularisedStep(stepSize, facts);
  if (holds !== true) return holds;
  const product = facts.at(stepSize, 0) * facts.temperature;
  return form === 'proximal' || product <= slack || `ητ = ${product.toPrecision(4)} exceeds 1`;
}

/**
 * (1 − ητ)^t·KL₀ + (1 − (1 − ητ)^t)·η·range²/(8τ) per player, for the bound of a guarantee.
 * @param range of the payoffs that a step errs by.
 */
export function plateauBound(form: Form, stepSize: Schedule, facts: ProblemFacts, step: number, range: number): number {
  const { temperature, roles } = facts;
  const eta = explicitSize(form, stepSize, facts);
  const remaining = Math.max(0, 1 - eta * temperature) ** step;
  return linearRate(form, stepSize, facts, step) + (roles * (1 - remaining) * eta * range ** 2) / (8 * temperature);
}
