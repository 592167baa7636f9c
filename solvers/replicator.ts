import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Tensor } from '../src/numerics/tensor.ts';
import { freeStep, payoffsAgainst, regularisedAdvantages } from '../src/solve/mirror.ts';
import type { Problem, Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';

/** d log π/dt up to a constant, per role `[B, A]`: u(π), or u(π) − τ·log(π/ρ) where there is a temperature. */
function slope(problem: Problem, policy: Profile): readonly Tensor[] {
  const payoffs = payoffsAgainst(problem, policy);
  return problem.temperature === 0 ? payoffs : regularisedAdvantages(problem, policy, payoffs);
}

/**
 * Replicator dynamics of every role at once, integrated in log space by the classical Runge–Kutta method of order four:
 *
 *   d log π/dt = u(π) − τ·log(π/ρ) − const
 *   k₁ = slope at π_t, k₂ at π_t·e^{hk₁/2}, k₃ at π_t·e^{hk₂/2}, k₄ at π_t·e^{hk₃} (each normalised)
 *   log π_{t+1} = log π_t + h·(k₁ + 2k₂ + 2k₃ + k₄)/6 − const
 *
 * Hedge (τ = 0) and explicit mirror descent (τ > 0) are the Euler steps of the same flow. At τ = 0 the flow of a
 * constant-sum game of two players keeps Σ KL(π*‖π) to every equilibrium of full support, and the duality gap of its time
 * average is at most D/t (Hofbauer, Sorin and Viossat 2009): original equilibrium, average iterate. At τ > 0 Σ KL(π*‖π)
 * falls at least as e^{−τt}: regularised equilibrium, last iterate. The steps follow the flow up to an error of h⁴.
 *
 * Default h = 1/(4(s + τ)): linearised at an equilibrium of two players, the flow has eigenvalues of size ≤ s/2 + τ, so h times
 * them is at most ¼, and the method is stable up to 2.6 in the left half plane. About a centre they are iω with
 * ω ≤ s/2, and a step loses (hω)⁶/144 < 3·10⁻⁸ of the amplitude.
 */
export const replicator: SolverDefinition<StepParams> = {
  name: 'replicator',
  summary: 'replicator dynamics in continuous time, by Runge–Kutta steps in log space',
  source: citations.taylor1978,
  aliases: ['replicator-dynamics'],
  conversion: 'η is the time h of a step; fitness is the payoff u, in units of the game',
  family: 'unregularised',
  rate: 'O(1/t) of the average in continuous time; e^(−τt) of the last iterate for τ > 0',
  iterate: 'average',
  regularisedIterate: 'last',
  equilibrium: 'both',
  params: z.strictObject({}),
  defaultStepSize: () => '1/(4*(span+tau))',
  oracleCallsPerStep: 4,
  guarantees: [],
  make: ({ stepSize }) => ({
    init: (problem): Profile => problem.start,
    step(problem, policy: Profile, step): Profile {
      const { ops } = problem;
      const size = problem.at(stepSize, step);
      const half = typeof size === 'number' ? size / 2 : ops.div(size, 2);
      const along = (payoffs: readonly Tensor[], far = size): Profile =>
        freeStep(problem, { centre: policy, payoffs, stepSize: far });
      const first = slope(problem, policy);
      const second = slope(problem, along(first, half));
      const third = slope(problem, along(second, half));
      const fourth = slope(problem, along(third));
      const mean = (role: number): Tensor =>
        ops.combine([1 / 6, 1 / 3, 1 / 3, 1 / 6], [first[role], second[role], third[role], fourth[role]]);
      return along(policy.map((_, role) => mean(role)));
    },
    profile: (policy: Profile) => policy,
  }),
};
