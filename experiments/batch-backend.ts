import type { Backend } from '../src/numerics/backend.ts';
import { cpuBackend } from '../src/numerics/cpu/backend.ts';

/**
 * Computes something on the backend of an experiment, in this thread and in every worker alike. A CPU backend only names
 * the place: each call gets one of its own, reproducible, so that neither the bytes of a run nor the library it says it
 * used depend on what was computed before or beside it. A device is taken as it is.
 */
export async function onBatchBackend<T>(place: Backend, compute: (backend: Backend) => Promise<T>): Promise<T> {
  if (place.host !== true) return compute(place);
  const backend = cpuBackend({ reproducible: true });
  try {
    return await compute(backend);
  } finally {
    await backend.dispose();
  }
}

/** Whether workers can each open a backend of their own; a device has one owner, the main thread. */
export function worksInWorkers(place: Backend): boolean {
  return place.host === true;
}
