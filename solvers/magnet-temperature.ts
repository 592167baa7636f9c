import { z } from 'zod';
import { compileSchedule, type Schedule } from '../src/core/schedule.ts';
import { constantSumOfTwo, type ProblemFacts } from '../src/solve/guarantee.ts';
import type { StepParams } from '../src/solve/solver.ts';

export interface MagnetParams extends StepParams {
  /** Weight α of KL(π‖magnet), in payoff units: the solver's own, beside the τ of the game. */
  readonly magnetTemperature: Schedule;
}

/** What is wrong with a schedule of positive numbers, as far as a game of span 1 and 100,000 steps can tell. */
function fault(schedule: Schedule): string | undefined {
  try {
    const { text, at } = compileSchedule(schedule);
    const value = (t: number): number => at({ t, tau: 1, T: 100_000, span: 1, n: 10 });
    const bad = [0, 1, 10, 100, 1_000, 10_000, 99_999].find((t) => !(value(t) > 0 && value(t) < Infinity));
    return bad === undefined ? undefined : `${text} is ${value(bad)} at step ${bad}, not a finite number above 0`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The parameter `magnetTemperature`. */
export function magnetTemperature(fallback: Schedule) {
  const schedule = z.union([z.number(), z.string()]).superRefine((given, context) => {
    const message = fault(given);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });
  return schedule
    .default(fallback)
    .describe('weight α of the pull to the magnet, in payoff units: a number or an expression of t, tau, T, span, n');
}

/** Whether step and magnet temperature are constant in a constant-sum game: true, or what fails. */
export function constantMagnet(params: MagnetParams, facts: ProblemFacts): true | string {
  const sum = constantSumOfTwo(facts);
  if (sum !== true) return sum;
  if (!facts.isConstant(params.stepSize)) return 'the step size is not constant';
  return facts.isConstant(params.magnetTemperature) || 'the magnet temperature is not constant';
}
