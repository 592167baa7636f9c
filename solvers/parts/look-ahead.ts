import type { Tensor } from '../../src/numerics/tensor.ts';
import { payoffsAgainst, type Step } from '../../src/solve/mirror.ts';
import type { Problem, Profile } from '../../src/solve/problem.ts';
import type { Solver, StepParams } from '../../src/solve/solver.ts';

type Take = (problem: Problem, step: Step) => Tensor[];

/** Two steps from one centre: one against that centre, and one against where it led. */
export function lookAheadStep(problem: Problem, take: Take, step: Omit<Step, 'payoffs'>): Tensor[] {
  const half = take(problem, { ...step, payoffs: payoffsAgainst(problem, step.centre) });
  return take(problem, { ...step, payoffs: payoffsAgainst(problem, half) });
}

/** Two steps from π_t, over and over. */
export function lookAhead(take: Take): (params: StepParams) => Solver<Profile> {
  return ({ stepSize }) => ({
    init: (problem) => problem.start,
    step: (problem, policy, step) =>
      lookAheadStep(problem, take, { centre: policy, stepSize: problem.at(stepSize, step) }),
    profile: (policy) => policy,
  });
}
