import type { BackendInfo } from '../numerics/backend.ts';

/** Checks closer together than this cannot tell a slow run from a stalled one. */
const stallSteps = 10;

/** Float32 iterates dance on a few units in the last place; so many windows without a better gap, and they are at their floor. */
const danceWindows = 5;

/** What the iterate is made of, and the backend's name for the reason. */
export type Precision = Pick<BackendInfo, 'dtype' | 'name'>;

/** Watches a batch for runs that no longer move. All runs are checked at the same steps. */
export interface Stillness {
  /** To be called once per check, after all runs were asked. */
  next(step: number, log: readonly Float64Array[]): void;
  /** @returns why a run counts as stalled. */
  reason(run: number, step: number, log: readonly Float64Array[], bestGap: number): string | undefined;
}

/**
 * A float64 run has stalled when no log-probability moved by more than rounding in `stallSteps` steps or more. A float32 run
 * has when none moved by more than 16 units of float32 rounding and its gap has not become 1 % better for five such
 * windows: more steps would only dance around the answer.
 * @param log log-probabilities per role, `[B, A_role]`.
 */
export function stillness(actions: readonly number[], runs: number, precision: Precision): Stillness {
  const single = precision.dtype === 'float32';
  const unit = single ? 16 * 2 ** -24 : 4 * Number.EPSILON;
  let window: { readonly step: number; readonly log: readonly Float64Array[] } | undefined;
  const bestAt = new Float64Array(runs).fill(Number.POSITIVE_INFINITY);
  const idle = new Uint8Array(runs);

  const still = (run: number, log: readonly Float64Array[], before: readonly Float64Array[]): boolean =>
    actions.every((count, role) => {
      for (let i = run * count; i < (run + 1) * count; i++)
        if (!(Math.abs(before[role][i] - log[role][i]) <= unit * Math.max(1, Math.abs(before[role][i])))) return false;
      return true;
    });
  const due = (step: number): boolean => window === undefined || step - window.step >= stallSteps;

  return {
    next(step, log) {
      if (due(step)) window = { step, log: log.map((rows) => rows.slice()) };
    },
    reason(run, step, log, bestGap) {
      if (window === undefined || !due(step)) return undefined;
      if (!single) return still(run, log, window.log) ? 'the iterate no longer moves' : undefined;
      const better = bestGap < 0.99 * bestAt[run];
      if (better) bestAt[run] = bestGap;
      idle[run] = better || !still(run, log, window.log) ? 0 : Math.min(255, idle[run] + 1);
      if (idle[run] < danceWindows) return undefined;
      return `the float32 floor of backend ${precision.name} is reached; --polish or --backend cpu goes on in float64`;
    },
  };
}
