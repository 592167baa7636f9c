import { cpuBackend } from '../numerics/cpu/backend.ts';
import type { SolveOptions } from './options.ts';
import type { Instance } from './problem.ts';
import type { Solution } from './solution.ts';
import { solve } from './solve.ts';
import type { AnySolver } from './solver.ts';

/** Solves an instance within another method: in float64 on a CPU backend of its own, whose bits depend on nothing else. */
export async function solveOnHost(instance: Instance, solver: AnySolver, options: SolveOptions): Promise<Solution> {
  const backend = cpuBackend({ reproducible: true });
  try {
    return await solve(backend, instance, solver, options);
  } finally {
    await backend.dispose();
  }
}
