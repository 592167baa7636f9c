import type { Backend } from '../../src/numerics/backend.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';
import { placeProblem } from '../../src/solve/problem.ts';
import { type Pause, startLoop, stepUntil } from '../../src/solve/run-loop.ts';
import type { Workload } from '../bench/workload.ts';

/** A workload on a backend, which it owns. */
export interface Placed {
  /** Takes steps and waits for the last one. @returns seconds by the clock on the wall. */
  step(count: number): Promise<number>;
  /** Evaluates payoffs of the start and waits for the last one. @returns seconds by the clock on the wall. */
  product(count: number): Promise<number>;
  /** Log-probabilities where it stands, `[B, K]`. */
  policy(): Promise<Float64Array>;
  close(): Promise<void>;
}

/** Waits until a device has made a tensor, and lets go of it; one number per run is read, not all. */
export async function finished(backend: Backend, make: () => Tensor): Promise<void> {
  const last = backend.scope(() => backend.ops.max(make()));
  await backend.read(last);
  backend.release(last);
}

/** Places a workload; the backend is disposed of when that fails. */
export async function place(backend: Backend, { instance, definition }: Workload): Promise<Placed> {
  const { ops } = backend;
  try {
    const problem = placeProblem(ops, instance, 1);
    const loop = startLoop(backend, problem, definition, false);
    let pause: Pause = { step: 0, breath: performance.now(), loop };
    const policies = backend.scope(() => [ops.exp(problem.start[0])]);
    const seated = [policies[0], policies[0]];

    return {
      async step(count) {
        const before = performance.now();
        pause = await stepUntil(backend, problem, definition, pause, pause.step + count, () => false);
        await finished(backend, () => definition.profile(pause.loop.state)[0]);
        return (performance.now() - before) / 1000;
      },
      async product(count) {
        const before = performance.now();
        for (let k = 1; k < count; k++)
          backend.scope(() => {
            problem.payoffs(0, seated);
          });
        await finished(backend, () => problem.payoffs(0, seated));
        return (performance.now() - before) / 1000;
      },
      policy: () => backend.read(definition.profile(pause.loop.state)[0]),
      close: () => backend.dispose(),
    };
  } catch (error) {
    await backend.dispose();
    throw error;
  }
}
