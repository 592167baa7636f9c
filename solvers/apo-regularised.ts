import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { callsPerStep, type SolverDefinition, type StepParams } from '../src/solve/solver.ts';
import { extragradient } from './extragradient.ts';
import { mirrorDescent } from './mirror-descent.ts';
import { mirrorProx } from './mirror-prox.ts';
import { nashMd } from './nash-md.ts';
import { extrapolated, momentumParameter } from './parts/momentum.ts';

/** Solvers of the regularised game whose state is the policy itself. */
const bases = {
  'mirror-descent': mirrorDescent as SolverDefinition,
  'nash-md': nashMd,
  extragradient,
  'mirror-prox': mirrorProx,
} as const;

interface ApoRegularisedParams extends StepParams {
  readonly base: keyof typeof bases;
  readonly momentum: number;
}

/**
 * The momentum of accelerated preference optimisation on a solver of the regularised game, with that solver's step.
 *
 *   log π̂_{t+1} = F(π_t);   log π_{t+1} = log π̂_{t+1} + α·(log π̂_{t+1} − log π̂_t) − const,   π̂_0 = π_0
 *
 * It rests where the base rests. Last iterate, regularised equilibrium; no theorem is known, and α near ±1 may diverge.
 */
export const apoRegularised: SolverDefinition<ApoRegularisedParams> = {
  name: 'apo-regularised',
  summary: 'momentum on a solver of the regularised game',
  source: citations.he2024,
  conversion: 'α as in the paper; η and τ are those of the base',
  family: 'accelerated',
  rate: 'none proven',
  iterate: 'last',
  equilibrium: 'regularised',
  params: z.strictObject({
    base: z
      .enum(Object.keys(bases) as [keyof typeof bases])
      .default('mirror-descent')
      .describe('the solver that momentum is put on, with its default parameters'),
    momentum: momentumParameter,
  }),
  defaultStepSize: ({ base }) => bases[base].defaultStepSize?.(bases[base].params.parse({})) ?? '1/span',
  oracleCallsPerStep: ({ base }) => callsPerStep(bases[base], {}),
  guarantees: [],
  make: ({ base, momentum, stepSize }) =>
    extrapolated(bases[base].make({ ...bases[base].params.parse({}), stepSize }), momentum),
};
