import { cpuBackend, hostValues } from '../src/numerics/cpu/backend.ts';
import type { Instance, Problem, Profile } from '../src/solve/problem.ts';
import { placeProblem } from '../src/solve/problem.ts';

/** An instance placed on a fresh CPU backend. */
export function place(instance: Instance, steps = 1000): Problem {
  return placeProblem(cpuBackend().ops, instance, steps);
}

/** Probabilities per role of the first run. */
export function probabilities(profile: Profile, run = 0): number[][] {
  return profile.map((log) => {
    const [, width] = log.shape;
    return Array.from(hostValues(log).subarray(run * width, (run + 1) * width), Math.exp);
  });
}
