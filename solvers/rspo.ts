import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Tensor } from '../src/numerics/tensor.ts';
import { explicitStep, ofRole, type Step, timesTemperature } from '../src/solve/mirror.ts';
import type { Problem } from '../src/solve/problem.ts';
import type { RegulariserWeights } from '../src/solve/regularised-response.ts';
import { regulariser } from '../src/solve/regulariser.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { mirrorDescent } from './mirror-descent.ts';
import { selfPlay } from './parts/self-play.ts';

type RspoParams = StepParams & RegulariserWeights;

/** The explicit step with −τ∇R(π_t): reverse KL is its magnet, τ(w·ρ/π − 2c·π/ρ) goes with the payoffs. */
function linearised({ reverse, forward, chiSquared }: RegulariserWeights): (problem: Problem, step: Step) => Tensor[] {
  const parts = [
    { weight: forward, power: -1 },
    { weight: -2 * chiSquared, power: 1 },
  ].filter(({ weight }) => weight !== 0);
  return (problem, step) => {
    const { ops, reference } = problem;
    const scales = parts.map(({ weight }) => timesTemperature(problem, weight));
    const payoffs = step.payoffs.map((u, role) => {
      const weights = scales.map((scale) => ofRole(scale, role));
      const ratio = (power: number): Tensor =>
        ops.exp(ops.combine([power, -power], [step.centre[role], reference[role]]));
      return parts.length === 0 ? u : ops.combine([1, ...weights], [u, ...parts.map(({ power }) => ratio(power))]);
    });
    const magnet = { policy: reference, temperature: timesTemperature(problem, reverse) };
    return explicitStep(problem, { ...step, payoffs, magnet });
  };
}

/** Whether mirror descent's theorems speak about these weights: true, or why not. */
function reverseAlone({ reverse, forward, chiSquared }: RegulariserWeights): true | string {
  if (forward > 0)
    return 'no theorem is known with forward KL: its curvature relative to entropy, ρ/π, is unbounded, which a linearised step cannot follow, and by itself it is only min ρ-strongly convex, where the method’s claim asks for 1';
  if (chiSquared > 0)
    return 'no theorem is stated with χ²: its curvature relative to entropy, 2π/ρ, vanishes with π, so that by itself it is not strongly convex, which the method’s claim asks for';
  return reverse === 1 || `reverse is ${reverse}: the theorem is stated for 1; change the temperature instead`;
}

/**
 * Regularised self-play: mirror descent on the game regularised by R = r·reverse KL + w·forward KL + c·χ², that is by
 * r·Σ π·log(π/ρ) + w·Σ ρ·log(ρ/π) + c·Σ (π − ρ)²/ρ, with R linearised at π_t.
 *
 *   log π_{t+1} = log π_t + η·(u(π_t) − τ·[r·log(π_t/ρ) − w·ρ/π_t + 2c·π_t/ρ]) − const
 *
 * Last iterate; the equilibrium of the game with R, a different one for each R. The default step η = 1/(s²E/(4τ) + τK) is
 * proved to contract near an equilibrium with full support when ρ is uniform (ARCHITECTURE, Proofs): there the curvature
 * κ = r + w·ρ/π + 2c·π/ρ of R relative to entropy has τκ ≤ τK = τ(r + w + 2c) + s and Σ π/κ ≤ E = 1/max(r + w/n, 2c). Far
 * from it, where π ≪ ρ, forward KL makes the step unstable.
 */
export const rspo: SolverDefinition<RspoParams> = {
  name: 'rspo',
  summary: 'mirror descent with reverse KL, forward KL, χ² or a mixture as regulariser',
  source: citations.tang2025,
  conversion:
    'τ is λ in the paper; the code’s reverse-KL loss with reg_coef λ and step η = 1/beta is the step η/(1 + 2λ) at τ = 2λ/η',
  family: 'regularised',
  rate: 'linear for reverse KL alone',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z
    .strictObject({
      reverse: z.number().min(0).default(1).describe('weight of reverse KL, Σ π·log(π/ρ)'),
      forward: z.number().min(0).default(0).describe('weight of forward KL, Σ ρ·log(ρ/π)'),
      chiSquared: z.number().min(0).default(0).describe('weight of χ², Σ (π − ρ)²/ρ'),
    })
    .refine(({ reverse, forward, chiSquared }) => reverse + forward + chiSquared > 0, {
      path: ['reverse'],
      message: 'all weights are 0; one of them must be above 0',
    }),
  defaultStepSize: ({ reverse, forward, chiSquared }) => {
    const other = forward + chiSquared > 0 ? '+span' : '';
    const least = `max(${reverse}+${forward}/n,${2 * chiSquared})`;
    return `1/(span^2/(4*tau*${least})+tau*${reverse + forward + 2 * chiSquared}${other})`;
  },
  oracleCallsPerStep: 1,
  regulariser: (weights) => (reverseAlone(weights) === true ? undefined : regulariser(weights)),
  guarantees: mirrorDescent.guarantees.map((guarantee) => ({
    ...guarantee,
    statement: `reverse KL alone: ${guarantee.statement}`,
    premises: ({ stepSize, ...weights }, facts) => {
      const alone = reverseAlone(weights);
      return alone === true ? guarantee.premises({ form: 'explicit', stepSize }, facts) : alone;
    },
    bound: (step, { stepSize }, facts) => guarantee.bound(step, { form: 'explicit', stepSize }, facts),
  })),
  make: ({ stepSize, ...weights }) => selfPlay(linearised(weights))({ stepSize }),
};
