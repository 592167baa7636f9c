import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { geometricMixture, gradientStep, payoffsAgainst, regularisedAdvantages } from '../src/solve/mirror.ts';
import type { SolverDefinition } from '../src/solve/solver.ts';
import { type MagnetParams, magnetTemperature } from './parts/magnet-temperature.ts';
import type { Magnetic } from './parts/towards-magnet.ts';

interface NashProxParams extends MagnetParams {
  readonly rate: number;
}

/**
 * Nash Prox: the self-play policy gradient (online IPO) inside a proximal point scheme, with a target ν that follows the
 * policy slowly in place of the last outer iterate.
 *
 *   a_t = u(π_t) − τ·log(π_t/ρ) − α·log(π_t/ν_t)
 *   log π_{t+1} = log π_t + η·π_t∘(a_t − ⟨π_t, a_t⟩) − const
 *   log ν_{t+1} = m·log π_t + (1 − m)·log ν_t − const,   ν_0 = π_0
 *
 * The policy gradient, not a mirror step: the abstract names self-play policy gradients, and a mirror step would be
 * `moving-magnet`. The form of the target (a moving average of logits), its rate and its weight are ours; only the
 * abstract was read. Last iterate, regularised equilibrium, where policy and target rest together.
 */
export const nashProx: SolverDefinition<NashProxParams> = {
  name: 'nash-prox',
  summary: 'self-play policy gradient with a second pull, to a target that follows the policy slowly',
  source: citations.tiapkin2026,
  conversion: 'τ as in online IPO; target and its constants are ours, after the abstract',
  family: 'regularised',
  rate: 'none proven',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z.strictObject({
    magnetTemperature: magnetTemperature('span/2'),
    rate: z.number().gt(0).max(1).default(0.05).describe('weight m of the policy in the next target'),
  }),
  schedules: ['magnetTemperature'],
  // The step of online IPO at temperature τ + α: half of what is stable near the equilibrium while the target rests.
  defaultStepSize: (params) => `2*(tau+(${params.magnetTemperature}))/((tau+(${params.magnetTemperature}))^2+span^2/4)`,
  oracleCallsPerStep: 1,
  guarantees: [],
  make: ({ stepSize, magnetTemperature: weight, rate }) => ({
    init: (problem): Magnetic => ({ policy: problem.start, magnet: problem.start }),
    step(problem, { policy, magnet }: Magnetic, step): Magnetic {
      const { ops } = problem;
      const alpha = problem.at(weight, step);
      const regularised = regularisedAdvantages(problem, policy, payoffsAgainst(problem, policy));
      const advantages = regularised.map((own, role) =>
        ops.combine([1, alpha], [own, ops.sub(magnet[role], policy[role])]),
      );
      const size = problem.at(stepSize, step);
      return {
        policy: gradientStep(problem, { centre: policy, law: policy, advantages, stepSize: size }),
        magnet: geometricMixture(problem, magnet, policy, rate),
      };
    },
    profile: ({ policy }: Magnetic) => policy,
  }),
};
