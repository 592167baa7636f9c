import type { Contender } from '../contender.ts';
import { clock } from '../spent.ts';
import type { Workload } from '../workload.ts';
import { type FusedStep, fusedGap, fusedStep } from './fused-step.ts';

/** One run: its arrays, all `[K]`. */
interface Run extends FusedStep {
  readonly log: Float64Array;
  readonly policy: Float64Array;
  readonly halfLog: Float64Array;
  readonly halfPolicy: Float64Array;
  readonly reply: Float64Array;
}

function mirrorDescent(run: Run): void {
  fusedStep(run, run.policy, run.log, run.log, run.policy);
}

function extragradient(run: Run): void {
  const { policy, log, halfLog, halfPolicy } = run;
  fusedStep(run, policy, log, halfLog, halfPolicy);
  fusedStep(run, halfPolicy, log, log, policy);
}

const moves = { 'mirror-descent': mirrorDescent, extragradient } as const;

function runsOf({ size, runs, matrices, payoffs, start, reference, keep, pull, push }: Workload): Run[] {
  const all = payoffs.whole();
  return Array.from({ length: runs }, (_, run) => {
    const from = matrices === 'own' ? run * size * size : 0;
    const log = start.slice(run * size, (run + 1) * size);
    return {
      matrix: all.subarray(from, from + size * size),
      reference,
      keep,
      pull,
      push,
      log,
      policy: log.map(Math.exp),
      halfLog: new Float64Array(size),
      halfPolicy: new Float64Array(size),
      reply: new Float64Array(size),
    };
  });
}

/**
 * What this arithmetic costs in plain loops over typed arrays without any library around them.
 * @param withGap also the regularised gap of every run after every step.
 */
export function fusedLoop(name: string, withGap: boolean): Contender {
  let standing: { readonly runs: readonly Run[]; readonly solver: Workload['solver'] } | undefined;
  const placed = () => {
    if (standing === undefined) throw new Error('no workload placed');
    return standing;
  };
  return {
    name,
    fits: ({ size, runs }) => size <= 1000 && size * size * runs <= 3e7,
    async place(workload) {
      standing = { runs: runsOf(workload), solver: workload.solver };
    },
    async take(steps) {
      const { runs, solver } = placed();
      const move = moves[solver];
      const gaps = new Float64Array(withGap ? steps * runs.length : 0);
      const spent = clock();
      let k = 0;
      for (let t = 0; t < steps; t++)
        for (const run of runs) {
          move(run);
          if (withGap) gaps[k++] = fusedGap(run, run.policy, run.log, run.reply);
        }
      return spent();
    },
    policy: async () => Float64Array.from(placed().runs.flatMap(({ log }) => [...log])),
    clear: async () => {
      standing = undefined;
    },
  };
}
