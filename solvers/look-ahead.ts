import type { Tensor } from '../src/numerics/tensor.ts';
import { payoffsAgainst, type Step } from '../src/solve/mirror.ts';
import type { Problem, Profile } from '../src/solve/problem.ts';
import type { Solver, StepParams } from '../src/solve/solver.ts';

/** Two steps from the same centre: one against π_t, and one against where that led. */
export function lookAhead(take: (problem: Problem, step: Step) => Tensor[]): (params: StepParams) => Solver<Profile> {
  return ({ stepSize }) => ({
    init: (problem) => problem.start,
    step(problem, policy, step) {
      const size = problem.at(stepSize, step);
      const half = take(problem, { centre: policy, payoffs: payoffsAgainst(problem, policy), stepSize: size });
      return take(problem, { centre: policy, payoffs: payoffsAgainst(problem, half), stepSize: size });
    },
    profile: (policy) => policy,
  });
}
