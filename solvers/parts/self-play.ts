import type { Tensor } from '../../src/numerics/tensor.ts';
import { payoffsAgainst, type Step } from '../../src/solve/mirror.ts';
import type { Problem, Profile } from '../../src/solve/problem.ts';
import type { Solver, StepParams } from '../../src/solve/solver.ts';

/** One step from the current policy against itself. */
export function selfPlay(take: (problem: Problem, step: Step) => Tensor[]): (params: StepParams) => Solver<Profile> {
  return ({ stepSize }) => ({
    init: (problem) => problem.start,
    step: (problem, policy, step) =>
      take(problem, {
        centre: policy,
        payoffs: payoffsAgainst(problem, policy),
        stepSize: problem.at(stepSize, step),
      }),
    profile: (policy) => policy,
  });
}
