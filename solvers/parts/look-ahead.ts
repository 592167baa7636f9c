import type { Tensor } from '../../src/numerics/tensor.ts';
import { payoffsAgainst, type Step } from '../../src/solve/mirror.ts';
import type { Problem, Profile } from '../../src/solve/problem.ts';
import type { Solver, StepParams } from '../../src/solve/solver.ts';

type Take = (problem: Problem, step: Step) => Tensor[];

/** Two steps from one centre: one against that centre, and one against where it led. */
export function lookAheadStep(
  problem: Problem,
  take: Take,
  { centre, stepSize, magnet }: Omit<Step, 'payoffs'>,
): Tensor[] {
  // Written out: spreading the step would take twice as long as everything else here at ten actions.
  const half = take(problem, { centre, payoffs: payoffsAgainst(problem, centre), stepSize, magnet });
  return take(problem, { centre, payoffs: payoffsAgainst(problem, half), stepSize, magnet });
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
