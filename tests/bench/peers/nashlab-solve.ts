import { extragradient } from '../../../solvers/extragradient.ts';
import { cpuBackend } from '../../../src/numerics/cpu/backend.ts';
import type { Solution } from '../../../src/solve/solution.ts';
import { solve } from '../../../src/solve/solve.ts';
import type { Contender } from '../contender.ts';
import { clock } from '../spent.ts';
import type { Workload } from '../workload.ts';

/** Gaps of every run at some steps, row-major `[steps, B]`. */
export interface GapCurves {
  readonly steps: readonly number[];
  readonly values: Float64Array;
}

/** Steps of one solve; a chunk that has room for more is several, so that every contender works for as long at a stretch. */
const stepsPerSolve = 20_000;

/** A contender that measures the gap of every run after every step. */
export interface GapContender extends Contender {
  /** The gaps of the last `take` or, where that was several solves, of the last of them. */
  gaps(): Promise<GapCurves>;
}

function byStep(rows: readonly (readonly number[])[]): Float64Array {
  const runs = rows.length;
  const values = new Float64Array(runs * rows[0].length);
  rows.forEach((row, run) => {
    row.forEach((value, step) => {
      values[step * runs + run] = value;
    });
  });
  return values;
}

/** Whole calls of `solve()` with extragradient, each from the start, that check the gap after every step and run all of them. */
export function nashlabSolve(name: string): GapContender {
  // One backend for all solves, as in a research script.
  const backend = cpuBackend();
  let placed: Workload | undefined;
  let solution: Solution | undefined;
  const done = (): Solution => {
    if (solution === undefined) throw new Error('no steps taken');
    return solution;
  };
  return {
    name,
    async place(workload) {
      placed = workload;
    },
    async take(steps) {
      if (placed === undefined) throw new Error('no workload placed');
      const options = { tolerance: 0, metrics: ['regularized-gap'], average: false, checks: 'every' as const };
      const { instance } = placed;
      const spent = clock();
      for (let left = steps; left > 0; left -= stepsPerSolve)
        solution = await solve(backend, instance, extragradient, { ...options, steps: Math.min(left, stepsPerSolve) });
      return spent();
    },
    policy: async () => Float64Array.from(done().runs.flatMap(({ answer }) => [...answer.logProfile[0]])),
    gaps: async () => {
      const { runs } = done();
      // The first entry is the start, before any step.
      const columns = runs.map(({ history }) => history.columns['last/regularized-gap'].slice(1));
      return { steps: runs[0].history.step.slice(1), values: byStep(columns) };
    },
    clear: async () => {
      placed = undefined;
      solution = undefined;
    },
  };
}
