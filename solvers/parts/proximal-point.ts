import { citations } from '../../src/core/citations/citations.ts';
import type { Guarantee, ProblemFacts } from '../../src/solve/guarantee.ts';
import { constantMagnet, type MagnetParams } from './magnet-temperature.ts';
import { slack } from './step-forms.ts';

export interface ProximalPointParams extends MagnetParams {
  readonly innerSteps: number;
}

/** Constants of an outer iteration with n mirror-prox steps: γ, α, and the factor f = 1/(1 + γα) of one of them. */
function constants({ stepSize, magnetTemperature, innerSteps }: ProximalPointParams, facts: ProblemFacts) {
  const gamma = facts.at(stepSize, 0);
  const alpha = facts.at(magnetTemperature, 0);
  const factor = 1 / (1 + gamma * alpha);
  return { gamma, alpha, factor, left: factor ** innerSteps };
}

function premise(params: ProximalPointParams, facts: ProblemFacts): true | string {
  const constant = constantMagnet(params, facts);
  if (constant !== true) return constant;
  const { gamma } = constants(params, facts);
  const limit = 2 / facts.payoffSpan;
  return gamma <= limit * slack || `γ = ${gamma.toPrecision(4)} exceeds 2/s = ${limit.toPrecision(4)}`;
}

/**
 * What inner solves that are not exact may add to the gap of the average: 2α·r + s·√(2K₀fⁿ), with K₀ = s²/(8α²) a role
 * the KL from an inner equilibrium to its magnet, and r the range of log(π_{k+1}/inner equilibrium) after n steps.
 */
function innerError(params: ProximalPointParams, facts: ProblemFacts): number {
  const { gamma, alpha, factor, left } = constants(params, facts);
  const { payoffSpan: s, roles } = facts;
  const first = Math.sqrt((roles * s ** 2) / (4 * alpha ** 2));
  const root = Math.sqrt(factor);
  const range =
    (left * s) / alpha + (gamma * s * first * Math.sqrt(left) * root) / (Math.sqrt(gamma * alpha) * (1 - root));
  return 2 * alpha * range + s * first * Math.sqrt(left);
}

const base = {
  source: citations.liu2024,
  derived: true,
  iterate: 'average',
  equilibrium: 'original',
  metric: 'duality-gap',
} as const;

/** Proximal point with inner solves to a hundredth of the span: the gap of the average falls as 1/T. */
export const exactInnerSolve: Guarantee<ProximalPointParams> = {
  ...base,
  statement:
    'duality gap of the average ≤ (s + Σ over players of αD)/T + E for γ ≤ 2/s, with D = max_a log 1/π₀(a), payoff span s and E ≤ s/100 what n inner steps leave',
  premises(params, facts) {
    const holds = premise(params, facts);
    if (holds !== true) return holds;
    const error = innerError(params, facts) / facts.payoffSpan;
    return error <= 0.01 || `${params.innerSteps} inner steps leave an error of ${error.toPrecision(3)}·s`;
  },
  bound: (step, params, facts) => {
    const { alpha } = constants(params, facts);
    return (facts.payoffSpan + alpha * facts.divergence) / step + innerError(params, facts);
  },
};

/** Proximal point with any number of inner steps: the gap of the average falls as 1/√T. */
export const anyInnerSolve: Guarantee<ProximalPointParams> = {
  ...base,
  statement:
    'duality gap of the average ≤ αD/(qT) + s·√(D/(qT)) for γ ≤ 2/s and any n, with q = 1 − (1 + γα)^(−n), D = Σ over players of max_a log 1/π₀(a) and payoff span s',
  premises: premise,
  bound: (step, params, facts) => {
    const { alpha, left } = constants(params, facts);
    const perStep = facts.divergence / ((1 - left) * step);
    return alpha * perStep + facts.payoffSpan * Math.sqrt(perStep);
  },
};
