import type { Contender } from '../contender.ts';
import { clock } from '../spent.ts';
import type { Workload } from '../workload.ts';
import { fusedStep } from './fused-step.ts';

interface Standing {
  readonly workload: Workload;
  readonly log: Float64Array;
  readonly policy: Float64Array;
  readonly halfLog: Float64Array;
  readonly halfPolicy: Float64Array;
}

function mirrorDescent({ workload, log, policy }: Standing, steps: number): void {
  for (let t = 0; t < steps; t++) fusedStep(workload, policy, log, log, policy);
}

function extragradient({ workload, log, policy, halfLog, halfPolicy }: Standing, steps: number): void {
  for (let t = 0; t < steps; t++) {
    fusedStep(workload, policy, log, halfLog, halfPolicy);
    fusedStep(workload, halfPolicy, log, log, policy);
  }
}

const loops = { 'mirror-descent': mirrorDescent, extragradient } as const;

/** The lower bound: what this arithmetic costs in typed arrays without any library around it. */
export function fusedLoop(name: string): Contender {
  let standing: Standing | undefined;
  const placed = (): Standing => {
    if (standing === undefined) throw new Error('no workload placed');
    return standing;
  };
  return {
    name,
    async place(workload) {
      const { start, size } = workload;
      standing = {
        workload,
        log: start.slice(),
        policy: start.map(Math.exp),
        halfLog: new Float64Array(size),
        halfPolicy: new Float64Array(size),
      };
    },
    async take(steps) {
      const here = placed();
      const loop = loops[here.workload.solverName];
      const spent = clock();
      loop(here, steps);
      return spent();
    },
    policy: async () => placed().log.slice(),
    close: () => {
      standing = undefined;
    },
  };
}
