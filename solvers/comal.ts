import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { repeat } from '../src/core/repeat.ts';
import { proximalStep } from '../src/solve/mirror.ts';
import type { Profile } from '../src/solve/problem.ts';
import type { SolverDefinition } from '../src/solve/solver.ts';
import { lookAheadStep } from './parts/look-ahead.ts';
import { magnetTemperature } from './parts/magnet-temperature.ts';
import { anyInnerSolve, exactInnerSolve, type ProximalPointParams } from './parts/proximal-point.ts';

/**
 * COMAL: proximal point. One step is one outer iteration: the equilibrium of the game with magnet π_k, by n look-ahead
 * steps (mirror prox) that start at the magnet.
 *
 *   v_0 = π_k;   log v_{j+½} = (log v_j + γα·log π_k + γ·u(v_j))/(1 + γα) − const
 *   log v_{j+1} = (log v_j + γα·log π_k + γ·u(v_{j+½}))/(1 + γα) − const;   π_{k+1} = v_n
 *
 * The KL to the inner equilibrium shrinks by (1 + γα)^n. For γ ≤ 2/s and any n, KL(π*‖π_k) never grows, for every
 * original equilibrium π*; the duality gap of the last iterate may. Last iterate, original equilibrium.
 */
export const comal: SolverDefinition<ProximalPointParams> = {
  name: 'comal',
  summary: 'proximal point: each step solves the game regularised towards the last answer',
  source: citations.liu2024,
  aliases: ['proximal-point'],
  conversion:
    'α is τ; γ = η/(1 − ηα) for an inner step η; the inner solver is mirror prox where the paper’s code has INPO',
  family: 'original',
  rate: 'O(1/√T) on average',
  iterate: 'last',
  equilibrium: 'original',
  params: z.strictObject({
    magnetTemperature: magnetTemperature('span/10'),
    innerSteps: z
      .number()
      .int()
      .min(1)
      .default(20)
      .describe('look-ahead steps n of one outer iteration, of two evaluations each'),
  }),
  schedules: ['magnetTemperature'],
  defaultStepSize: () => '2/span',
  oracleCallsPerStep: ({ innerSteps }) => 2 * innerSteps,
  guarantees: [exactInnerSolve, anyInnerSolve],
  make: ({ stepSize, magnetTemperature: weight, innerSteps }) => ({
    init: (problem): Profile => problem.start,
    step(problem, policy: Profile, step): Profile {
      const magnet = { policy, temperature: problem.at(weight, step) };
      const size = problem.at(stepSize, step);
      return repeat(innerSteps, policy, (centre) =>
        lookAheadStep(problem, proximalStep, { centre, stepSize: size, magnet }),
      );
    },
    profile: (policy: Profile) => policy,
  }),
};
