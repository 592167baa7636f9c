import { compileSchedule, type Schedule } from '../core/schedule.ts';
import { type Instance, stepSpan, temperatureOf } from '../solve/problem.ts';

/** What the time of a run is counted in: steps, or the sum of its step sizes where they change from step to step. */
export type ClockUnit = 'step' | 'time';

export interface Clock {
  readonly unit: ClockUnit;
  /** Σ of the step sizes of all steps, where there are any; equals the steps in a method without. */
  readonly hasStepSize: boolean;
  /** Step size η of a step, from 0; 1 in a method without. */
  size(step: number): number;
  /** What one step adds to the time in `unit`. */
  tick(step: number): number;
}

/**
 * The clock of one run.
 * @param stepSize as it was resolved; absent in a method without. @param limit the step limit T that it may refer to.
 */
export function clockOf(instance: Instance, stepSize: Schedule | undefined, limit: number): Clock {
  if (stepSize === undefined) return { unit: 'step', hasStepSize: false, size: () => 1, tick: () => 1 };
  const { game } = instance;
  const schedule = compileSchedule(stepSize);
  const fixed = {
    tau: temperatureOf(instance, 0),
    T: limit,
    span: stepSpan(game),
    n: Math.max(...game.actions),
  };
  const size = (step: number): number => schedule.at({ ...fixed, t: step });
  if (!schedule.constant) return { unit: 'time', hasStepSize: true, size, tick: size };
  const constant = size(0);
  return { unit: 'step', hasStepSize: true, size: () => constant, tick: () => 1 };
}

/** The step from which on at most this share of the time of all steps is left. */
export function stepLeaving(clock: Clock, steps: number, share: number): number {
  if (clock.unit === 'step') return Math.floor((1 - share) * steps);
  let total = 0;
  for (let step = 0; step < steps; step++) total += clock.tick(step);
  let passed = 0;
  let step = 0;
  while (step < steps && passed < (1 - share) * total) passed += clock.tick(step++);
  return step;
}
