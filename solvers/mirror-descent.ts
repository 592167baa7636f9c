import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { constantPremise, explicitSize, plateauBound, proximalSize } from './parts/plateau.ts';
import { selfPlay } from './parts/self-play.ts';
import {
  decayingPremise,
  type Form,
  largestStep,
  linearRate,
  proximalPremise,
  shrunk,
  slack,
  stepOf,
} from './parts/step-forms.ts';

export interface MirrorDescentParams extends StepParams {
  readonly form: Form;
}

/**
 * Mirror descent on the regularised game: centre π_t, opponent π_t, magnet ρ. Online IPO, INPO and MMD are this step.
 *
 *   explicit:  log π_{t+1} = (1 − ητ)·log π_t + ητ·log ρ + η·u(π_t) − const
 *   proximal:  log π_{t+1} = (log π_t + γτ·log ρ + γ·u(π_t))/(1 + γτ) − const
 *
 * Last iterate, regularised equilibrium.
 */
export const mirrorDescent: SolverDefinition<MirrorDescentParams> = {
  name: 'mirror-descent',
  summary: 'mirror descent on the regularised game',
  source: citations.sokota2023,
  conversion: 'γ (form proximal) is η in MMD',
  family: 'regularised',
  rate: 'linear, or O(1/t) with a decaying step',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z.strictObject({
    form: z
      .enum(['explicit', 'proximal'])
      .default('explicit')
      .describe('which step the step size belongs to: η (explicit) or γ (proximal)'),
  }),
  defaultStepSize: ({ form }) => largestStep(form, '4*tau/span^2'),
  oracleCallsPerStep: 1,
  guarantees: [
    {
      statement: 'KL(π*‖π_t) ≤ (1 + γτ)^(−t)·KL(π*‖π₀) for constant γ ≤ 4τ/s², payoff span s',
      source: citations.sokota2023,
      iterate: 'last',
      equilibrium: 'regularised',
      metric: 'kl-to-equilibrium',
      premises: ({ form, stepSize }, facts) =>
        proximalPremise(form, stepSize, facts, (4 * facts.temperature) / facts.payoffSpan ** 2, '4τ/s²'),
      bound: (step, { form, stepSize }, facts) => linearRate(form, stepSize, facts, step),
    },
    {
      statement:
        'KL(π*‖π_t) ≤ 2s²/(τ²(t+1)) per player for η = 2/(τ(t+2)); the tabular constant of INPO’s 32C²/(τ²(t+1))',
      source: citations.zhang2025inpo,
      derived: true,
      iterate: 'last',
      equilibrium: 'regularised',
      metric: 'kl-to-equilibrium',
      premises: ({ form, stepSize }, facts) =>
        form === 'explicit'
          ? decayingPremise(stepSize, facts)
          : 'the decaying schedule is stated for the explicit form',
      bound: (step, _, { roles, payoffSpan, temperature }) =>
        step === 0 ? Infinity : (2 * roles * payoffSpan ** 2) / (temperature ** 2 * (step + 1)),
    },
    {
      statement: 'KL(π*‖π_t) ≤ (1 + γ(2τ − γs²/4))^(−t)·KL(π*‖π₀) for constant γ from 4τ/s² to 8τ/s², payoff span s',
      source: citations.sokota2023,
      derived: true,
      iterate: 'last',
      equilibrium: 'regularised',
      metric: 'kl-to-equilibrium',
      premises({ form, stepSize }, facts) {
        const holds = constantPremise(form, stepSize, facts);
        if (holds !== true) return holds;
        const gamma = proximalSize(form, stepSize, facts);
        const limit = (8 * facts.temperature) / facts.payoffSpan ** 2;
        if (gamma * slack < limit / 2) return 'γ is below 4τ/s²';
        return gamma < limit || `γ = ${gamma.toPrecision(4)} is not below 8τ/s² = ${limit.toPrecision(4)}`;
      },
      bound(step, { form, stepSize }, facts) {
        const gamma = proximalSize(form, stepSize, facts);
        const growth = 1 + gamma * (2 * facts.temperature - (gamma * facts.payoffSpan ** 2) / 4);
        return shrunk(facts, growth, -step);
      },
    },
    {
      statement: 'KL(π*‖π_t) ≤ (1 − ητ + η²s²/4)^t·KL(π*‖π₀) for constant η < 4τ/s², η ≤ 1/τ, payoff span s',
      source: citations.sokota2023,
      derived: true,
      iterate: 'last',
      equilibrium: 'regularised',
      metric: 'kl-to-equilibrium',
      premises({ form, stepSize }, facts) {
        const constant = constantPremise(form, stepSize, facts);
        if (constant !== true) return constant;
        const limit = (4 * facts.temperature) / facts.payoffSpan ** 2;
        return explicitSize(form, stepSize, facts) < limit || `η is not below 4τ/s² = ${limit.toPrecision(4)}`;
      },
      bound(step, { form, stepSize }, facts) {
        const eta = explicitSize(form, stepSize, facts);
        const factor = 1 - eta * facts.temperature + (eta * facts.payoffSpan) ** 2 / 4;
        return shrunk(facts, factor, step);
      },
    },
    {
      statement:
        'KL(π*‖π_t) ≤ (1 − ητ)^t·KL(π*‖π₀) + (1 − (1 − ητ)^t)·ηs²/(2τ) per player for constant η ≤ 1/τ: down to a plateau',
      source: citations.zhang2025inpo,
      derived: true,
      iterate: 'last',
      equilibrium: 'regularised',
      metric: 'kl-to-equilibrium',
      premises: ({ form, stepSize }, facts) => constantPremise(form, stepSize, facts),
      bound: (step, { form, stepSize }, facts) => plateauBound(form, stepSize, facts, step, 2 * facts.payoffSpan),
    },
  ],
  make: ({ form, stepSize }) => selfPlay(stepOf[form])({ stepSize }),
};
