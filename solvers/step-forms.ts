import type { Schedule } from '../src/core/schedule.ts';
import type { ProblemFacts } from '../src/solve/guarantee.ts';
import { explicitStep, proximalStep } from '../src/solve/mirror.ts';

/** The two ways to write the same step (A2): η linearises the regulariser, γ keeps it exact; η = γ/(1 + γτ). */
export type Form = 'explicit' | 'proximal';

export const stepOf = { explicit: explicitStep, proximal: proximalStep } as const;

/** The largest η or γ for a proximal limit γ ≤ `limit` (an expression), as a schedule in the given form. */
export function largestStep(form: Form, limit: string): Schedule {
  return form === 'proximal' ? limit : `(${limit})/(1+tau*(${limit}))`;
}

/** γ of a step size given in either form. */
export function proximalStepSize(form: Form, stepSize: Schedule, facts: ProblemFacts, step = 0): number {
  const value = facts.at(stepSize, step);
  return form === 'proximal' ? value : value / (1 - value * facts.temperature);
}

/** Relative slack for premises that the default step meets with equality. */
const slack = 1 + 1e-12;

/** The premise γ ≤ limit for a constant step in a constant-sum regularised game: true, or what fails. */
export function proximalPremise(
  form: Form,
  stepSize: Schedule,
  facts: ProblemFacts,
  limit: number,
  words: string,
): true | string {
  if (facts.sum !== 'constant') return 'the game is general-sum';
  if (!(facts.temperature > 0)) return 'the temperature is 0';
  if (!facts.isConstant(stepSize)) return 'the step size is not constant';
  const gamma = proximalStepSize(form, stepSize, facts);
  if (!(gamma > 0)) return 'ητ ≥ 1: the step forgets the iterate';
  return gamma <= limit * slack || `γ = ${gamma.toPrecision(4)} exceeds ${words} = ${limit.toPrecision(4)}`;
}

/** Whether the explicit step follows 2/(τ(t + 2)), the decaying schedule of Nash-MD and INPO: true, or what fails. */
export function decayingPremise(stepSize: Schedule, facts: ProblemFacts): true | string {
  if (facts.sum !== 'constant') return 'the game is general-sum';
  if (!(facts.temperature > 0)) return 'the temperature is 0';
  const follows = [0, 1, 2, 10, 1000, facts.steps].every(
    (t) => Math.abs((facts.at(stepSize, t) * facts.temperature * (t + 2)) / 2 - 1) <= 1e-12,
  );
  return follows || 'the step size is not 2/(τ(t+2))';
}

/** KL(π*‖π_0)·(1 + γτ)^(−t): linear convergence, for the bound of a guarantee. */
export function linearRate(form: Form, stepSize: Schedule, facts: ProblemFacts, step: number): number {
  const gamma = proximalStepSize(form, stepSize, facts);
  return (facts.initialDivergence ?? Number.NaN) * (1 + gamma * facts.temperature) ** -step;
}
