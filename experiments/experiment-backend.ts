import type { Backend } from '../src/numerics/backend.ts';
import { openBackend } from '../src/numerics/catalogue.ts';
import { cpuBackend } from '../src/numerics/cpu/backend.ts';

/**
 * The backend that computes the batches of an experiment, in this thread and in every worker alike: the bytes of a run
 * must not depend on which of them computed it.
 */
export async function experimentBackend(name: string): Promise<Backend> {
  // Without the size of one problem to choose by, `auto` is the CPU.
  return name === 'cpu' || name === 'auto' ? cpuBackend({ reproducible: true }) : openBackend(name);
}

/** Whether workers can each open a backend of their own; a device has one owner, the main thread. */
export function worksInWorkers(backend: Backend): boolean {
  return backend.info.name === 'cpu';
}
