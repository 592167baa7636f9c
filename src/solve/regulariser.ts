import { klDivergence } from '../numerics/divergence.ts';
import { exponentialExcess } from '../numerics/exponential.ts';
import {
  type RegularisedResponse,
  type RegulariserWeights,
  regularisedResponse,
  weighted,
} from './regularised-response.ts';

/** R(π, ρ) of a regularised game, on the host in float64. Policies are rows of log-probabilities, `[A]`; ρ has full support. */
export interface Regulariser {
  /** As it is printed beside a gap: `forward KL`, `reverse KL + 0.5·χ²`. */
  readonly name: string;
  /** R(π, ρ) ≥ 0, and 0 at π = ρ alone. */
  value(policy: Float64Array, reference: Float64Array): number;
  /** ∂R/∂π_a up to a constant, `[A]`: 0 at π = ρ. */
  gradient(policy: Float64Array, reference: Float64Array): Float64Array;
  /** argmax over π of ⟨π, u⟩ − τ·R(π, ρ). */
  bestResponse(payoffs: Float64Array, reference: Float64Array, temperature: number): RegularisedResponse;
  /** What a seat gains by its best response: max over π′ of [⟨π′, u⟩ − τR(π′, ρ)] − [⟨π, u⟩ − τR(π, ρ)], in payoff units. */
  gap(policy: Float64Array, payoffs: Float64Array, reference: Float64Array, temperature: number): number;
}

const shortNames: Readonly<Record<keyof RegulariserWeights, string>> = {
  reverse: 'reverse KL',
  forward: 'forward KL',
  chiSquared: 'χ²',
};

function nameOf(weights: RegulariserWeights): string {
  const parts = (['reverse', 'forward', 'chiSquared'] as const).filter((part) => weights[part] > 0);
  return parts
    .map((part) => (weights[part] === 1 ? shortNames[part] : `${weights[part]}·${shortNames[part]}`))
    .join(' + ');
}

/**
 * Bregman divergence D_R(p, q) = R(p) − R(q) − ⟨∇R(q), p − q⟩ in terms that are ≥ 0 each: r·KL(p‖q), then with
 * z = log(p/q) w·Σ ρ·(e^z − 1 − z), then c·Σ (p − q)²/ρ.
 */
function bregman(
  { reverse, forward, chiSquared }: RegulariserWeights,
  p: Float64Array,
  q: Float64Array,
  reference: Float64Array,
): number {
  let total = reverse > 0 ? reverse * klDivergence(p, q, 0, 0, p.length) : 0;
  for (let a = 0; a < p.length; a++) {
    if (p[a] === q[a]) continue;
    const z = p[a] - q[a];
    const rho = Math.exp(reference[a]);
    if (forward > 0) total += forward * rho * exponentialExcess(z);
    if (chiSquared === 0) continue;
    const moved = Math.exp(p[a]) - Math.exp(q[a]);
    total += chiSquared * (moved / rho) * moved;
  }
  return total;
}

/** r·Σ π·log(π/ρ) + w·Σ ρ·log(ρ/π) + c·Σ (π − ρ)²/ρ for weights ≥ 0, not all of them 0. */
export function regulariser(weights: RegulariserWeights): Regulariser {
  const { reverse, forward, chiSquared } = weights;
  const bestResponse: Regulariser['bestResponse'] = (payoffs, reference, temperature) =>
    regularisedResponse(weights, payoffs, reference, temperature);
  return {
    name: nameOf(weights),
    // ∇R(ρ) = 0 and R(ρ) = 0, so that R is the divergence from ρ.
    value: (policy, reference) => bregman(weights, policy, reference, reference),
    gradient: (policy, reference) =>
      policy.map((log, a) => {
        const d = log - reference[a];
        return weighted(reverse, d) - weighted(forward, Math.expm1(-d)) + weighted(2 * chiSquared, Math.expm1(d));
      }),
    bestResponse,
    // The best response b leaves ⟨π, u⟩ − τR with the gradient λ − slack, so that the gain is τ·D_R(π, b) + ⟨slack, π⟩.
    gap(policy, payoffs, reference, temperature) {
      const { log, slack } = bestResponse(payoffs, reference, temperature);
      const lost = slack.reduce((sum, value, a) => (value === 0 ? sum : sum + value * Math.exp(policy[a])), 0);
      return temperature * bregman(weights, policy, log, reference) + lost;
    },
  };
}
