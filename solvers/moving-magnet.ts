import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { geometricMixture } from '../src/solve/mirror.ts';
import type { SolverDefinition } from '../src/solve/solver.ts';
import { constantMagnet, type MagnetParams, magnetTemperature } from './parts/magnet-temperature.ts';
import { towardsMagnet } from './parts/towards-magnet.ts';

interface MovingMagnetParams extends MagnetParams {
  readonly rate: number;
}

/**
 * Magnetic mirror descent with a magnet that follows the policy at the rate m: a moving average in log space, of the
 * policy before the step.
 *
 *   log π_{t+1} = (log π_t + γα·log ρ_t + γ·u(π_t))/(1 + γα) − const
 *   log ρ_{t+1} = m·log π_t + (1 − m)·log ρ_t − const,   ρ_0 the reference
 *
 * Last iterate, original equilibrium, as measured; proved is a bound on the average iterate.
 */
export const movingMagnet: SolverDefinition<MovingMagnetParams> = {
  name: 'moving-magnet',
  summary: 'mirror descent towards a magnet that follows the policy slowly',
  source: citations.sokota2023,
  conversion: 'γ is η, α the temperature and m the magnet’s learning rate in MMD',
  family: 'original',
  rate: 'none proven',
  iterate: 'last',
  equilibrium: 'original',
  params: z.strictObject({
    magnetTemperature: magnetTemperature('span/10'),
    rate: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe('weight m of the policy in the next magnet; 0 leaves the magnet at the reference'),
  }),
  schedules: ['magnetTemperature'],
  defaultStepSize: () => '1/span',
  oracleCallsPerStep: 1,
  guarantees: [
    {
      statement:
        'duality gap of the average ≤ Σ over players of (D(1/γ + α) + D′α/m)/T + γs²/8, with D = max_a log 1/π₀(a), D′ = max_a log 1/ρ(a) and payoff span s',
      source: citations.sokota2023,
      derived: true,
      iterate: 'average',
      equilibrium: 'original',
      metric: 'duality-gap',
      premises: (params, facts) => {
        const constant = constantMagnet(params, facts);
        return constant === true ? params.rate > 0 || 'the magnet does not move' : constant;
      },
      bound: (step, { stepSize, magnetTemperature: weight, rate }, facts) => {
        const gamma = facts.at(stepSize, 0);
        const alpha = facts.at(weight, 0);
        const inertia = facts.divergence * (1 / gamma + alpha) + (facts.referenceDivergence * alpha) / rate;
        return inertia / step + (2 * gamma * facts.payoffSpan ** 2) / 8;
      },
    },
  ],
  make: ({ rate, ...params }) =>
    towardsMagnet(params, {
      first: 'reference',
      move: (problem, { policy, magnet }) => geometricMixture(problem, magnet, policy, rate),
    }),
};
