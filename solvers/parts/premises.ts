import type { Schedule } from '../../src/core/schedule.ts';
import { constantSumOfTwo, type ProblemFacts } from '../../src/solve/guarantee.ts';

/*
 * Premises that many theorems share: true, or what fails, in words.
 */

/** A regularised constant-sum game of two players. */
export function regularisedGame(facts: ProblemFacts): true | string {
  const holds = constantSumOfTwo(facts);
  return holds === true ? facts.temperature > 0 || 'the temperature is 0' : holds;
}

/** A constant step in a constant-sum game. */
export function constantStep(stepSize: Schedule, facts: ProblemFacts): true | string {
  const holds = constantSumOfTwo(facts);
  return holds === true ? facts.isConstant(stepSize) || 'the step size is not constant' : holds;
}

/** A constant step in a regularised constant-sum game. */
export function regularisedStep(stepSize: Schedule, facts: ProblemFacts): true | string {
  const holds = regularisedGame(facts);
  return holds === true ? constantStep(stepSize, facts) : holds;
}

/** Whether a schedule has these values, as far as a few steps tell. */
export function follows(schedule: Schedule, facts: ProblemFacts, value: (t: number) => number): boolean {
  return [0, 1, 2, 10, 1000, facts.steps].every((t) => Math.abs(facts.at(schedule, t) / value(t) - 1) <= 1e-12);
}
