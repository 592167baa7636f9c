import type { ClockUnit } from './clock.ts';
import type { Exponents } from './exponents.ts';
import { movesOutward, type Recurrence, recurrence, type Trajectory, wholePeriod } from './recurrence.ts';

/** What the last iterate of a run does. */
export const dynamicsLabels = ['converges', 'cycles', 'spreads', 'chaotic', 'undecided'] as const;

/**
 * `converges`: it comes to rest; `cycles`: it returns at equal times; `spreads`: its turns grow towards the boundary;
 * `chaotic`: it turns without returning, and perturbations grow; `undecided`: none of that can be told from the run.
 */
export type DynamicsLabel = (typeof dynamicsLabels)[number];

/** A label with the numbers that it rests on, of the last part of the run's time. */
export interface Dynamics {
  readonly label: DynamicsLabel;
  /** What `exponent` and `period` are counted in: steps, or the sum of step sizes where these change from step to step. */
  readonly unit: ClockUnit;
  /** Largest Lyapunov exponent per unit, and its standard error; absent where it is −∞ or the run was too short. */
  readonly exponent?: number;
  readonly error?: number;
  /** Of a cycle. */
  readonly period?: number;
  /** Half of the widest range of a probability. */
  readonly amplitude: number;
  /** Turns that were seen. */
  readonly turns: number;
}

/** Standard errors above 0, and nats in all, that growth must be to count as chaos: what shears alone grows by a few. */
const sure = 4;
const leastGrowth = 8;

function isChaotic({ perUnit, error, growth }: Exponents): boolean {
  return perUnit[0] > sure * error[0] && growth > leastGrowth;
}

function labelOf({ kind }: Recurrence, exponents: Exponents | undefined): DynamicsLabel {
  if (kind === 'fixed-point') return 'converges';
  if (kind === 'cycle') return 'cycles';
  if (kind === 'outward') return 'spreads';
  return kind === 'irregular' && exponents !== undefined && isChaotic(exponents) ? 'chaotic' : 'undecided';
}

/** Largest change of a probability between two points. */
function stride(from: Float64Array, to: Float64Array): number {
  return from.reduce((most, log, i) => Math.max(most, Math.abs(Math.exp(to[i]) - Math.exp(log))), 0);
}

/**
 * What did not return as far as its points could show, seen step by step. What still goes a tenth of its way in a single step
 * has not come to rest, whatever the trend of its range: it may jump between two places.
 */
function closer(late: Recurrence, steps: Trajectory, unit: ClockUnit): Recurrence {
  if (late.kind === 'fixed-point') {
    const [before, last] = steps.points.slice(-2);
    const moves = last === undefined ? 0 : stride(before, last);
    if (!(moves > rest && moves > late.amplitude / 10)) return late;
    const period = wholePeriod(steps.points);
    return { ...late, kind: period === undefined ? 'undecided' : 'cycle', ...(period === undefined ? {} : { period }) };
  }
  if (unit === 'time' || (late.kind !== 'irregular' && late.kind !== 'undecided')) return late;
  const period = wholePeriod(steps.points);
  if (period !== undefined) return { ...late, kind: 'cycle', period };
  const near = late.kind === 'irregular' ? recurrence(steps) : late;
  return near.kind === 'cycle' ? near : late;
}

/** A range of a probability that counts as none. */
const rest = 1e-9;

/** A cycle in time that step sizes add up to takes a multiple of all steps before it: two turns are many. */
const fewestTurns = { step: 3, time: 2 } as const;

/** The part of a trajectory from a time on. */
function after({ times, points }: Trajectory, from: number): Trajectory {
  const first = times.findIndex((time) => time >= from);
  return first < 0 ? { times: [], points: [] } : { times: times.slice(first), points: points.slice(first) };
}

/**
 * Labels a run by where it was after the time `from`, and by how perturbations grew there. Where too few turns fall
 * into that time, because each takes longer than the one before, all of the run says whether it moves outward; where points
 * lie too far apart to show a turn, the last consecutive steps do.
 * @param steps the policies after these.
 */
export function dynamicsOf(
  trajectory: Trajectory,
  steps: Trajectory,
  from: number,
  unit: ClockUnit,
  exponents: Exponents | undefined,
): Dynamics {
  const late = recurrence(after(trajectory, from), fewestTurns[unit]);
  const outward = late.kind === 'undecided' && late.turns < fewestTurns[unit] && movesOutward(trajectory, from);
  const found: Recurrence = outward ? { ...late, kind: 'outward' } : closer(late, steps, unit);
  const { period, amplitude, turns } = found;
  const exponent = exponents?.perUnit[0];
  return {
    label: labelOf(found, exponents),
    unit,
    ...(exponent === undefined || !Number.isFinite(exponent) ? {} : { exponent }),
    ...(exponents === undefined || !Number.isFinite(exponents.error[0]) ? {} : { error: exponents.error[0] }),
    ...(period === undefined ? {} : { period }),
    amplitude,
    turns,
  };
}
