import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { freeStep, geometricMixture, payoffsAgainst, timesTemperature } from '../src/solve/mirror.ts';
import type { Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { constantPremise, plateauBound } from './parts/plateau.ts';
import { decayingPremise } from './parts/step-forms.ts';

/**
 * Nash-MD: centre and opponent are both the geometric mixture with the reference.
 *
 *   π^μ_t ∝ π_t^(1−ητ) ρ^(ητ);   log π_{t+1} = log π^μ_t + η·u(π^μ_t) − const
 *
 * Last iterate, regularised equilibrium, with the decaying schedule. With a constant step it stops at a biased point:
 * the mixture is then the quantal response equilibrium at τ/(1 − ητ), not at τ.
 */
export const nashMd: SolverDefinition<StepParams> = {
  name: 'nash-md',
  summary: 'mirror descent against the geometric mixture with the reference',
  source: citations.munos2024,
  conversion: 'η and τ as in the paper',
  family: 'regularised',
  rate: 'O(1/t)',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z.strictObject({}),
  defaultStepSize: () => '2/(tau*(t+2))',
  oracleCallsPerStep: 1,
  guarantees: [
    {
      statement:
        'KL(π*‖π_t) ≤ s²/(2τ²(t+1)) per player for η = 2/(τ(t+2)), payoff span s; Theorem 1, whose constant is 8, by Hoeffding’s lemma',
      source: citations.munos2024,
      derived: true,
      iterate: 'last',
      equilibrium: 'regularised',
      metric: 'kl-to-equilibrium',
      premises: ({ stepSize }, facts) => {
        const decaying = decayingPremise(stepSize, facts);
        if (decaying === true || !facts.isConstant(stepSize)) return decaying;
        const constant = constantPremise('explicit', stepSize, facts);
        return constant === true ? 'the step size is constant' : constant;
      },
      bound: (step, _, { roles, payoffSpan, temperature }) =>
        step === 0 ? Infinity : (roles * payoffSpan ** 2) / (2 * temperature ** 2 * (step + 1)),
    },
    {
      statement:
        'KL(π*‖π_t) ≤ (1 − ητ)^t·KL(π*‖π₀) + (1 − (1 − ητ)^t)·ηs²/(8τ) per player for constant η ≤ 1/τ: down to a plateau',
      source: citations.munos2024,
      derived: true,
      iterate: 'last',
      equilibrium: 'regularised',
      metric: 'kl-to-equilibrium',
      premises: ({ stepSize }, facts) => constantPremise('explicit', stepSize, facts),
      bound: (step, { stepSize }, facts) => plateauBound('explicit', stepSize, facts, step, facts.payoffSpan),
    },
  ],
  make: ({ stepSize }) => ({
    init: (problem): Profile => problem.start,
    step: (problem, policy: Profile, step): Profile => {
      const eta = problem.at(stepSize, step);
      const mixture = geometricMixture(problem, policy, problem.reference, timesTemperature(problem, eta));
      return freeStep(problem, { centre: mixture, payoffs: payoffsAgainst(problem, mixture), stepSize: eta });
    },
    profile: (policy: Profile) => policy,
  }),
};
