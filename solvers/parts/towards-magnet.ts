import { payoffsAgainst, proximalStep } from '../../src/solve/mirror.ts';
import type { Problem, Profile } from '../../src/solve/problem.ts';
import type { Solver } from '../../src/solve/solver.ts';
import type { MagnetParams } from './magnet-temperature.ts';

/** A policy and the magnet it is pulled to: log-probabilities per role, `[B, A]`. */
export interface Magnetic {
  readonly policy: Profile;
  readonly magnet: Profile;
}

/** Where the magnet starts, and where it goes when the policy goes from `before.policy` to `next`. */
interface MagnetRule {
  readonly first: 'start' | 'reference';
  move(problem: Problem, before: Magnetic, next: Profile, step: number): Profile;
}

/**
 * Mirror descent towards a magnet ρ of the solver's own, with proximal step γ and weight α:
 *
 *   log π_{t+1} = (log π_t + γα·log ρ_t + γ·u(π_t))/(1 + γα) − const,   then ρ_{t+1} by the rule
 */
export function towardsMagnet({ stepSize, magnetTemperature }: MagnetParams, rule: MagnetRule): Solver<Magnetic> {
  return {
    init: (problem) => ({ policy: problem.start, magnet: problem[rule.first] }),
    step(problem, before, step) {
      const { policy, magnet } = before;
      const next = proximalStep(problem, {
        centre: policy,
        payoffs: payoffsAgainst(problem, policy),
        stepSize: problem.at(stepSize, step),
        magnet: { policy: magnet, temperature: problem.at(magnetTemperature, step) },
      });
      return { policy: next, magnet: rule.move(problem, before, next, step) };
    },
    profile: ({ policy }) => policy,
  };
}
