import { gradientStep, payoffsAgainst, regularisedAdvantages } from '../../src/solve/mirror.ts';
import type { Problem, Profile } from '../../src/solve/problem.ts';
import type { Solver, StepParams } from '../../src/solve/solver.ts';

/** Whom the payoffs are measured against, and which law the actions are drawn from. */
interface Players {
  readonly opponent: Profile;
  readonly law: Profile;
}

/** A softmax policy gradient step of the regularised game for the players of each step. */
export function policyGradient(
  choose: (problem: Problem, policy: Profile) => Players,
): (params: StepParams) => Solver<Profile> {
  return ({ stepSize }) => ({
    init: (problem) => problem.start,
    step(problem, policy, step) {
      const { opponent, law } = choose(problem, policy);
      const advantages = regularisedAdvantages(problem, policy, payoffsAgainst(problem, opponent));
      return gradientStep(problem, { centre: policy, law, advantages, stepSize: problem.at(stepSize, step) });
    },
    profile: (policy) => policy,
  });
}

/**
 * Half of the largest step that is stable near the equilibrium. There the step is the matrix 1 + ηJ(−τ + AJ) with
 * J = diag π − ππᵀ ≤ ½ and ‖√J·A·√J‖ ≤ s/2 for payoffs A of span s, whose numerical range lies in the unit disk for
 * η ≤ 4τ/(τ² + s²/4). Far from the equilibrium it is a measurement, not a theorem.
 */
export const stableStep = '2*tau/(tau^2+span^2/4)';
