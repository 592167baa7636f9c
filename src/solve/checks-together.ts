import type { Backend } from '../numerics/backend.ts';
import type { Ops } from '../numerics/ops.ts';
import type { Tensor } from '../numerics/tensor.ts';
import type { Gauge, Readings } from './measure.ts';
import { type HostProfile, type Instance, type Profile, placeProblem } from './problem.ts';
import type { CheckTime } from './recorder.ts';
import { gaugeOf, type Setting } from './setting.ts';

interface Waiting extends CheckTime {
  readonly last: Profile;
  /** Probabilities. */
  readonly average: readonly Tensor[] | undefined;
}

/** Enters checks; the readings have the rows of all runs at the first, then those at the second, … @returns whether all runs have ended. */
export type Enter = (checks: readonly CheckTime[], readings: Readings) => boolean;

/**
 * Checks of neighbouring steps, measured in one go: thirty-two profiles of ten actions cost little more than one, since the
 * work of a small check is nearly all in what surrounds the numbers. A run's numbers are those of a check of its own.
 */
export interface ChecksTogether {
  /** What is given must live until it is settled, which is due at once where this says so: there is room for no more. */
  add(waiting: Waiting): boolean;
  /** Measures what was added, and enters it in order. @returns whether all runs have ended. */
  settle(enter: Enter): boolean;
  /** The tensors it owns. */
  readonly tensors: readonly Tensor[];
}

function timesOver(values: Float64Array, times: number): Float64Array {
  const all = new Float64Array(times * values.length);
  for (let k = 0; k < times; k++) all.set(values, k * values.length);
  return all;
}

/** Rows of all runs several times over; one that serves all does so again. */
function rowsTimesOver(profile: HostProfile, { game }: Instance, times: number): HostProfile {
  return profile.map((rows, role) => (rows.length === game.actions[role] ? rows : timesOver(rows, times)));
}

/** The same runs several times over, one set below the other. */
function settingTimesOver(setting: Setting, times: number): Setting {
  const { instance, equilibrium } = setting;
  const { temperature, reference } = instance;
  const rows = rowsTimesOver(reference, instance, times);
  return {
    ...setting,
    instance: {
      ...instance,
      runs: times * instance.runs,
      temperature:
        typeof temperature === 'number' ? temperature : Array.from({ length: times }, () => temperature).flat(),
      reference: rows,
      // Nothing starts here.
      start: rows,
    },
    equilibrium:
      'profile' in equilibrium
        ? { ...equilibrium, profile: rowsTimesOver(equilibrium.profile, instance, times) }
        : equilibrium,
  };
}

/**
 * @param home the CPU backend, which can stack. @param single measures one check.
 * @param most so many checks at once. Needs a game that all runs share.
 */
export function checksTogether(setting: Setting, home: Backend, single: Gauge, most: number): ChecksTogether {
  const { ops } = home;
  const stack = ops.stack as NonNullable<Ops['stack']>;
  const { runs, game } = setting.instance;
  const all = settingTimesOver(setting, most);
  const problem = placeProblem(ops, all.instance, setting.plan.steps);
  const gauge = gaugeOf(all, problem, undefined);
  const roles = game.actions.map((_, role) => role);
  let waiting: Waiting[] = [];

  /** One tensor of a role from each check; the last stands in for those that are missing. */
  const stacked = (of: (check: Waiting, role: number) => Tensor): Tensor[] =>
    roles.map((role) => {
      const parts: Tensor[] = [];
      for (let k = 0; k < most; k++) parts.push(k < waiting.length ? of(waiting[k], role) : parts[k - 1]);
      return stack(parts, runs);
    });

  const measure = (): Readings => {
    const averaged = waiting[0].average !== undefined;
    const last = stacked((check, role) => check.last[role]);
    const mean = averaged ? stacked((check, role) => (check.average as readonly Tensor[])[role]) : undefined;
    return readingsOf(home, gauge, last, mean);
  };

  return {
    add(check) {
      waiting.push(check);
      return waiting.length === most;
    },
    settle(enter) {
      const checks = waiting;
      // Places left empty cost as much as others.
      const together = checks.length > most / 2 ? measure() : undefined;
      waiting = [];
      if (together !== undefined) return enter(checks, together);
      return checks.some((check) => enter([check], readingsOf(home, single, check.last, check.average)));
    },
    tensors: problem.tensors,
  };
}

/** Both iterates of one check measured. @param mean the average policies, as probabilities. */
export function readingsOf(home: Backend, gauge: Gauge, last: Profile, mean: readonly Tensor[] | undefined): Readings {
  return {
    last: gauge.measure(last, 'last'),
    average:
      mean &&
      gauge.measure(
        mean.map((tensor) => home.ops.log(tensor)),
        'average',
      ),
  };
}
