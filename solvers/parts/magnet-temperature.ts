import { z } from 'zod';
import type { Schedule } from '../../src/core/schedule.ts';
import type { ProblemFacts } from '../../src/solve/guarantee.ts';
import type { StepParams } from '../../src/solve/solver.ts';
import { constantStep } from './premises.ts';

export interface MagnetParams extends StepParams {
  /** Weight α of KL(π‖magnet), in payoff units: the solver's own, beside the τ of the game. */
  readonly magnetTemperature: Schedule;
}

/** The parameter `magnetTemperature`, to be named in `schedules`: its values are checked where those of a step are. */
export function magnetTemperature(fallback: Schedule) {
  return z
    .union([z.number(), z.string()])
    .default(fallback)
    .describe('weight α of the pull to the magnet, in payoff units: a number or an expression of t, tau, T, span, n');
}

/** Whether step and magnet temperature are constant in a constant-sum game: true, or what fails. */
export function constantMagnet(params: MagnetParams, facts: ProblemFacts): true | string {
  const constant = constantStep(params.stepSize, facts);
  if (constant !== true) return constant;
  return facts.isConstant(params.magnetTemperature) || 'the magnet temperature is not constant';
}
