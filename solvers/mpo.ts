import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { SolverDefinition } from '../src/solve/solver.ts';
import { type MagnetParams, magnetTemperature } from './parts/magnet-temperature.ts';
import { towardsMagnet } from './parts/towards-magnet.ts';

interface MpoParams extends MagnetParams {
  readonly period: number;
}

/**
 * MPO: mirror descent towards a magnet that stands still for a phase of K steps and is then put where the policy is.
 *
 *   log π_{t+1} = (log π_t + γα·log ρ_t + γ·u(π_t))/(1 + γα) − const
 *   ρ_0 = π_0;   ρ_{t+1} = π_{t+1} where K divides t + 1, else ρ_t
 *
 * A phase contracts to the equilibrium of the game with magnet ρ: KL by 1/(1 + γα) a step for γ ≤ 4α/s², and by
 * 1/(1 + γ(2α − γs²/4)) up to γ < 8α/s². Phases that contract little end in cycles (K = 1 is Hedge), so K must be a few
 * times 1/(γα). Last iterate, original equilibrium; across phases no theorem is known for steps of this size.
 */
export const mpo: SolverDefinition<MpoParams> = {
  name: 'mpo',
  summary: 'mirror descent towards a magnet that is put where the policy is every few steps',
  source: citations.wang2025,
  aliases: ['magnetic-preference-optimization'],
  conversion: 'γ is η and α is the magnet’s α in magnetic mirror descent; a hard reset every `period` steps',
  family: 'original',
  rate: 'none proven',
  iterate: 'last',
  equilibrium: 'original',
  params: z.strictObject({
    magnetTemperature: magnetTemperature('span/10'),
    period: z
      .number()
      .int()
      .min(1)
      .default(36)
      .describe('steps K from one reset of the magnet to the next; a few times 1/(γα)'),
  }),
  schedules: ['magnetTemperature'],
  defaultStepSize: (params) => `7*(${params.magnetTemperature})/span^2`,
  oracleCallsPerStep: 1,
  guarantees: [],
  make: ({ period, ...params }) =>
    towardsMagnet(params, {
      first: 'start',
      move: (_, { magnet }, next, step) => ((step + 1) % period === 0 ? next : magnet),
    }),
};
