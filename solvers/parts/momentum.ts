import { z } from 'zod';
import { geometricMixture } from '../../src/solve/mirror.ts';
import type { Profile } from '../../src/solve/problem.ts';
import type { Solver } from '../../src/solve/solver.ts';

/** The extrapolated policy and the plain one before the extrapolation. */
interface Extrapolated {
  readonly policy: Profile;
  readonly plain: Profile;
}

/**
 * Momentum α on a solver F whose state is its policy:
 *
 *   log π̂_{t+1} = F(π_t);   log π_{t+1} = log π̂_{t+1} + α·(log π̂_{t+1} − log π̂_t) − const,   π̂_0 = π_0
 *
 * The iterate is π_t, the policy that is played, not π̂_t.
 */
export function extrapolated(base: Solver<Profile>, momentum: number): Solver<Extrapolated> {
  return {
    init(problem) {
      const start = base.init(problem);
      return { policy: start, plain: start };
    },
    step(problem, { policy, plain }, step) {
      const next = base.step(problem, policy, step);
      // A mixture of weight −α leads beyond π̂_{t+1}, away from π̂_t.
      return { policy: geometricMixture(problem, next, plain, -momentum), plain: next };
    },
    profile: ({ policy }) => policy,
  };
}

/** The parameter `momentum`. */
export const momentumParameter = z
  .number()
  .gt(-1)
  .lt(1)
  .default(0.3)
  .describe('α between −1 and 1: steps are 1/(1 − α) times as long in the long run; 0 is the method without momentum');
