import type { Schedule } from '../../src/core/schedule.ts';
import { checkedSteps } from '../../src/solve/check-grid.ts';
import { constantSumOfTwo, type ProblemFacts } from '../../src/solve/guarantee.ts';

/*
 * Premises that many theorems share: true, or what fails, in words.
 */

/** Any other game: where two players' payoffs add up to a constant, theorems about the duality gap say more. */
export function beyondTwo(facts: ProblemFacts): true | string {
  return constantSumOfTwo(facts) !== true || 'the game is constant-sum of two players';
}

/** A constant step in any other game. */
export function constantStepBeyondTwo(stepSize: Schedule, facts: ProblemFacts): true | string {
  const holds = beyondTwo(facts);
  return holds === true ? facts.isConstant(stepSize) || 'the step size is not constant' : holds;
}

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

/** Whether a schedule has these values: on the grid of the checks, and at a step of every gap between them. */
export function follows(schedule: Schedule, facts: ProblemFacts, value: (t: number) => number): boolean {
  const agrees = (t: number): boolean => Math.abs(facts.at(schedule, t) / value(t) - 1) <= 1e-12;
  const inside = (from: number, to: number): number => from + Math.floor((to - from) * (0.5 + 0.49 * Math.sin(from)));
  return checkedSteps(facts.steps).every((t, k, grid) => agrees(t) && agrees(inside(t, grid[k + 1] ?? t)));
}
