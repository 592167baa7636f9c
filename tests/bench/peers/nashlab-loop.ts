import type { Backend } from '../../../src/numerics/backend.ts';
import { cpuBackend } from '../../../src/numerics/cpu/backend.ts';
import { type Problem, placeProblem } from '../../../src/solve/problem.ts';
import { type Pause, startLoop, stepUntil } from '../../../src/solve/run-loop.ts';
import type { Solver } from '../../../src/solve/solver.ts';
import type { Contender } from '../contender.ts';
import { clock } from '../spent.ts';

interface Standing {
  readonly backend: Backend;
  readonly problem: Problem;
  readonly solver: Solver<unknown>;
  pause: Pause;
}

/** The library's own loop, between two checks of a solve: no metrics; with the running average on demand. */
export function nashlabLoop(name: string, withAverage: boolean): Contender {
  let standing: Standing | undefined;
  const placed = (): Standing => {
    if (standing === undefined) throw new Error('no workload placed');
    return standing;
  };
  return {
    name,
    // A second copy of a large matrix is one too many.
    fits: ({ size }) => !withAverage || size <= 1000,
    async place({ instance, definition }) {
      const backend = cpuBackend();
      const problem = placeProblem(backend.ops, instance, 1);
      const loop = startLoop(backend, problem, definition, withAverage);
      standing = { backend, problem, solver: definition, pause: { step: 0, breath: performance.now(), loop } };
      // The host's copy of a large matrix is garbage now, and must be gone before a peer makes its own.
      globalThis.gc?.();
    },
    async take(steps) {
      const here = placed();
      const { backend, problem, solver, pause } = here;
      const spent = clock();
      here.pause = await stepUntil(backend, problem, solver, pause, pause.step + steps, () => false);
      return spent();
    },
    policy: async () => {
      const { backend, solver, pause } = placed();
      return backend.read(solver.profile(pause.loop.state)[0]);
    },
    clear: async () => {
      standing = undefined;
      globalThis.gc?.();
    },
  };
}
