import type { Schedule } from '../../src/core/schedule.ts';
import type { ProblemFacts } from '../../src/solve/guarantee.ts';
import { explicitStep, proximalStep } from '../../src/solve/mirror.ts';
import { follows, regularisedGame, regularisedStep } from './premises.ts';

/** The two ways to write the same step (A2): η linearises the regulariser, γ keeps it exact; η = γ/(1 + γτ). */
export type Form = 'explicit' | 'proximal';

export const stepOf = { explicit: explicitStep, proximal: proximalStep } as const;

/** The largest η or γ for a proximal limit γ ≤ `limit` (an expression), as a schedule in the given form. */
export function largestStep(form: Form, limit: string): Schedule {
  return form === 'proximal' ? limit : `(${limit})/(1+tau*(${limit}))`;
}

/** Relative slack for premises that the default step meets with equality. */
export const slack = 1 + 1e-12;

/**
 * The premise γ ≤ limit for a constant step in a constant-sum regularised game: true, or what fails. An explicit step is
 * held against limit/(1 + τ·limit) instead, since γ = η/(1 − ητ) cancels near ητ = 1.
 */
export function proximalPremise(
  form: Form,
  stepSize: Schedule,
  facts: ProblemFacts,
  limit: number,
  words: string,
): true | string {
  const holds = regularisedStep(stepSize, facts);
  if (holds !== true) return holds;
  const step = facts.at(stepSize, 0);
  const largest = form === 'proximal' ? limit : limit / (1 + facts.temperature * limit);
  if (step <= largest * slack) return true;
  const name = form === 'proximal' ? `γ = ${step.toPrecision(4)}` : `η = ${step.toPrecision(4)} (γ = η/(1−ητ))`;
  const bound = form === 'proximal' ? words : `the η of γ = ${words},`;
  return `${name} exceeds ${bound} ${form === 'proximal' ? '= ' : ''}${largest.toPrecision(4)}`;
}

/** KL(π*‖π_0)·(1 + γτ)^(−t), which is (1 − ητ)^t: linear convergence, for the bound of a guarantee. */
export function linearRate(form: Form, stepSize: Schedule, facts: ProblemFacts, step: number): number {
  const product = facts.at(stepSize, 0) * facts.temperature;
  return shrunk(facts, form === 'proximal' ? 1 / (1 + product) : 1 - product, step);
}

/** KL(π*‖π_0)·factor^t; not a number where the equilibrium is unknown. */
export function shrunk({ initialDivergence = Number.NaN }: ProblemFacts, factor: number, step: number): number {
  return initialDivergence * factor ** step;
}

/** Whether the explicit step follows 2/(τ(t + 2)), the decaying schedule of Nash-MD and INPO: true, or what fails. */
export function decayingPremise(stepSize: Schedule, facts: ProblemFacts): true | string {
  const holds = regularisedGame(facts);
  if (holds !== true) return holds;
  return follows(stepSize, facts, (t) => 2 / (facts.temperature * (t + 2))) || 'the step size is not 2/(τ(t+2))';
}
