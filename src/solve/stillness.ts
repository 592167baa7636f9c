import type { BackendInfo } from '../numerics/backend.ts';

/** Checks closer together than this cannot tell a slow run from a stalled one. */
const stallSteps = 10;

/** Greatest common divisor; of 0 and d, it is d. */
function common(a: number, b: number): number {
  return b === 0 ? a : common(b, a % b);
}

/** Float32 iterates dance on a few units in the last place; so many windows without a better gap, and they are at their floor. */
const danceWindows = 5;

/** What the iterate is made of, and the backend's name for the reason. */
export type Precision = Pick<BackendInfo, 'dtype' | 'name'>;

/** Watches a batch for runs that no longer move. All runs are checked at the same steps. */
export interface Stillness {
  /** To be called once per check, after all runs were asked. @param first row at which the runs begin, as below. */
  next(step: number, log: readonly Float64Array[], first?: number): void;
  /** @returns why a run counts as stalled. */
  reason(run: number, step: number, log: readonly Float64Array[], bestGap: number, first?: number): string | undefined;
}

/** Whether a log-probability stays where it was within rounding; −∞ stays −∞. */
function near(before: number, now: number, unit: number): boolean {
  return before === now || Math.abs(before - now) <= unit * Math.max(1, Math.abs(before));
}

/**
 * A float64 run has stalled when no log-probability moved by more than rounding between checks `stallSteps` steps or more
 * apart whose distances have no common divisor: an iterate that repeats itself with a period is not still. A float32 run
 * has when, moreover, none moved by more than 16 units of float32 rounding and its gap has not become 1 % better for five such
 * windows: more steps would only dance around the answer.
 * @param log log-probabilities per role, `[B, A_role]`.
 */
export function stillness(actions: readonly number[], runs: number, precision: Precision): Stillness {
  const single = precision.dtype === 'float32';
  const unit = single ? 16 * 2 ** -24 : 4 * Number.EPSILON;
  let window: { readonly step: number; readonly log: readonly Float64Array[] } | undefined;
  let windows = 0;
  /** Greatest common divisor of the distances at which a run was where it had been; 0 when it has just moved. */
  const period = new Float64Array(runs);
  const bestAt = new Float64Array(runs).fill(Number.POSITIVE_INFINITY);
  const idle = new Uint8Array(runs);

  const still = (run: number, log: readonly Float64Array[], first: number, before: readonly Float64Array[]): boolean =>
    actions.every((count, role) => {
      for (let i = run * count; i < (run + 1) * count; i++)
        if (!near(before[role][i], log[role][first * count + i], unit)) return false;
      return true;
    });
  // Ten steps and eleven in turn, where the checks allow: then two windows already tell a cycle from a rest.
  const due = (step: number): boolean => window === undefined || step - window.step >= stallSteps + (windows % 2);
  const atRest = (
    run: number,
    step: number,
    log: readonly Float64Array[],
    first: number,
    from: NonNullable<typeof window>,
  ): boolean => {
    period[run] = still(run, log, first, from.log) ? common(step - from.step, period[run]) : 0;
    return period[run] === 1;
  };

  return {
    next(step, log, first = 0) {
      if (!due(step)) return;
      window = { step, log: actions.map((count, role) => log[role].slice(first * count, (first + runs) * count)) };
      windows++;
    },
    reason(run, step, log, bestGap, first = 0) {
      if (window === undefined || !due(step)) return undefined;
      const rests = atRest(run, step, log, first, window);
      if (!single) return rests ? 'the iterate no longer moves' : undefined;
      const better = bestGap < 0.99 * bestAt[run];
      if (better) bestAt[run] = bestGap;
      idle[run] = better || period[run] === 0 ? 0 : Math.min(255, idle[run] + 1);
      if (idle[run] < danceWindows || !rests) return undefined;
      return `the float32 floor of backend ${precision.name} is reached; --polish or --backend cpu goes on in float64`;
    },
  };
}
