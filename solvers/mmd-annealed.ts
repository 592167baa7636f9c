import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { constantSumOfTwo, type ProblemFacts } from '../src/solve/guarantee.ts';
import type { SolverDefinition } from '../src/solve/solver.ts';
import { type MagnetParams, magnetTemperature } from './parts/magnet-temperature.ts';
import { follows } from './parts/premises.ts';
import { towardsMagnet } from './parts/towards-magnet.ts';

/** Whether both schedules fall as 1/√(t+1), with γ₀α₀ ≥ ½, in a constant-sum game: true, or what fails. */
function annealedPremise({ stepSize, magnetTemperature: weight }: MagnetParams, facts: ProblemFacts): true | string {
  const holds = constantSumOfTwo(facts);
  if (holds !== true) return holds;
  const falls = (schedule: MagnetParams['stepSize']): boolean =>
    follows(schedule, facts, (t) => facts.at(schedule, 0) / Math.sqrt(t + 1));
  if (!falls(stepSize)) return 'the step size does not fall as 1/√(t+1)';
  if (!falls(weight)) return 'the magnet temperature does not fall as 1/√(t+1)';
  const product = facts.at(stepSize, 0) * facts.at(weight, 0);
  return product >= 0.5 || `γ₀α₀ = ${product.toPrecision(4)} is below ½`;
}

/**
 * Magnetic mirror descent with the reference as magnet and a pull that fades: temperature and step fall as 1/√(t+1).
 *
 *   log π_{t+1} = (log π_t + γ_t·α_t·log ρ + γ_t·u(π_t))/(1 + γ_t·α_t) − const,   α_t = s/√(t+1), γ_t = 1/(s√(t+1))
 *
 * The average iterate approaches the original equilibrium, with a theorem; the last one too, as measured, no faster
 * than α_t falls.
 */
export const mmdAnnealed: SolverDefinition<MagnetParams> = {
  name: 'mmd-annealed',
  summary: 'mirror descent towards the reference with a pull that fades as 1/√(t+1)',
  source: citations.sokota2023,
  conversion: 'γ_t is η_t and α_t the temperature in MMD: 1/√t both, in units of the payoff span',
  family: 'original',
  rate: 'O(1/√T)',
  iterate: 'average',
  equilibrium: 'original',
  params: z.strictObject({ magnetTemperature: magnetTemperature('span/sqrt(t+1)') }),
  schedules: ['magnetTemperature'],
  defaultStepSize: () => '1/(span*sqrt(t+1))',
  oracleCallsPerStep: 1,
  guarantees: [
    {
      statement:
        'duality gap of the average ≤ Σ over players of D/(γ₀T) + 2(α₀D′ + γ₀s²/8)/√T for γ_t = γ₀/√(t+1), α_t = α₀/√(t+1) with γ₀α₀ ≥ ½, D = max_a log 1/π₀(a), D′ = max_a log 1/ρ(a) and payoff span s',
      source: citations.sokota2023,
      derived: true,
      iterate: 'average',
      equilibrium: 'original',
      metric: 'duality-gap',
      premises: annealedPremise,
      bound: (step, { stepSize, magnetTemperature: weight }, facts) => {
        const gamma = facts.at(stepSize, 0);
        const pull = facts.at(weight, 0) * facts.referenceDivergence + (2 * gamma * facts.payoffSpan ** 2) / 8;
        return facts.divergence / (gamma * step) + (2 * pull) / Math.sqrt(step);
      },
    },
  ],
  make: (params) => towardsMagnet(params, { first: 'reference', move: (_, { magnet }) => magnet }),
};
