import { cpuBackend, hostValues } from '../numerics/cpu/backend.ts';
import type { Problem, Profile } from '../solve/problem.ts';
import { runAlone } from '../solve/run-alone.ts';
import type { Setting } from '../solve/setting.ts';
import type { RunSolution } from '../solve/solution.ts';
import type { SolverDefinition } from '../solve/solver.ts';
import { type Clock, clockOf, stepLeaving } from './clock.ts';
import { type Dynamics, dynamicsOf } from './dynamics.ts';
import { growthLedger } from './exponents.ts';
import { follow } from './follow.ts';
import { trackOf } from './track.ts';

/** Points of a trajectory that are kept: as many as fit in so many numbers, within these limits. */
const mostNumbers = 2e6;
const mostPoints = 8192;
const fewestPoints = 64;

/** Share of a run's time that is looked at; more where time is short, being the logarithm of the steps or so. */
const lateShare = { step: 0.5, time: 0.75 } as const;

function pointOf(profile: Profile, { actions }: Problem): Float64Array {
  const point = new Float64Array(actions.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const log of profile) {
    const values = hostValues(log);
    point.set(values, at);
    at += values.length;
  }
  return point;
}

/** Collects points of a trajectory at about equal times, and after each of the last steps. */
function collector(clock: Clock, steps: number, points: number) {
  let span = 0;
  for (let step = 0; step < steps; step++) span += clock.tick(step);
  let [time, due] = [0, 0];
  const whole = { times: [] as number[], points: [] as Float64Array[] };
  const last = { times: [] as number[], points: [] as Float64Array[] };
  const note = (into: typeof whole, point: Float64Array): void => {
    into.times.push(time);
    into.points.push(point);
  };
  return {
    whole,
    last,
    /** @param step counted from 1. @returns the time. */
    visit(step: number, point: () => Float64Array): number {
      time += clock.tick(step - 1);
      const isDue = time >= due || step === steps;
      const isLast = step > steps - points / 8;
      if (!isDue && !isLast) return time;
      const here = point();
      if (isLast) note(last, here);
      if (isDue) {
        note(whole, here);
        due = (whole.times.length * span) / points;
      }
      return time;
    },
  };
}

/**
 * Follows one run again, on the CPU in float64, with a tangent vector beside it, over as many steps as it took.
 * @returns nothing where it was stopped.
 */
async function labelRun(
  definition: SolverDefinition,
  { instance, params, plan, options, deadline }: Setting,
  run: number,
  steps: number,
): Promise<Dynamics | undefined> {
  const backend = cpuBackend();
  const alone = runAlone(instance, run);
  const own = params.perRun[run];
  try {
    const track = await trackOf(backend, definition, alone, own, plan.steps, options.population);
    const clock = clockOf(track.seen, own.stepSize, plan.steps);
    const from = Math.min(steps - 1, Math.max(1, stepLeaving(clock, steps, lateShare[clock.unit])));
    const ledger = growthLedger(clock, from, steps);
    const width = alone.game.actions.reduce((sum, count) => sum + count, 0);
    const points = Math.min(mostPoints, Math.max(fewestPoints, Math.floor(mostNumbers / width)));
    const { whole, last, visit } = collector(clock, steps, points);
    let late = 0;
    const arrived = await follow(backend, track.problem, track.solver, {
      steps,
      directions: 1,
      attach: Math.max(1, Math.floor(from / 2)),
      stop: () => options.signal?.aborted === true || performance.now() >= deadline,
      visit(step, profile, growth) {
        ledger.note(step, growth);
        const time = visit(step, () => pointOf(profile, track.problem));
        if (step === from) late = time;
      },
    });
    return arrived ? dynamicsOf(whole, last, late, clock.unit, ledger.exponents()) : undefined;
  } finally {
    await backend.dispose();
  }
}

/** Runs with what their last iterates do; nothing is added to those that were cut short. */
export async function labelRuns(
  definition: SolverDefinition,
  setting: Setting,
  runs: readonly RunSolution[],
): Promise<RunSolution[]> {
  const labelled: RunSolution[] = [];
  for (const [run, solution] of runs.entries()) {
    const cut = solution.result === 'aborted' || solution.result === 'non-finite' || solution.steps < 2;
    const dynamics = cut ? undefined : await labelRun(definition, setting, run, solution.steps);
    labelled.push(dynamics === undefined ? solution : { ...solution, dynamics });
  }
  return labelled;
}
