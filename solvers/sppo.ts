import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Tensor } from '../src/numerics/tensor.ts';
import { freeStep, type Step } from '../src/solve/mirror.ts';
import type { Problem } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { hedge, hedgeStep } from './hedge.ts';
import { normalisedFit } from './parts/normalised-fit.ts';
import { selfPlay } from './parts/self-play.ts';

/** The policy whose log-ratio to the centre is closest to η(u − ⟨π, u⟩) in the mean square under the centre. */
function fittedStep({ ops }: Problem, { centre, payoffs, stepSize }: Step): Tensor[] {
  return centre.map((log, role) => {
    const baseline = ops.sum(ops.mul(payoffs[role], ops.exp(log)));
    const target = ops.mul(ops.sub(payoffs[role], baseline), stepSize);
    return ops.combineLogSoftmax([1, 1], [log, normalisedFit(ops, log, target)]);
  });
}

const stepOf = { exact: freeStep, 'least-squares': fittedStep } as const;

interface SppoParams extends StepParams {
  readonly surrogate: keyof typeof stepOf;
}

const [theorem] = hedge.guarantees;

/**
 * SPPO: regress log(π/π_t) on the win rate against π_t.
 *
 *   exact:          log π_{t+1} = log π_t + η·u(π_t) − log Z, multiplicative weights
 *   least-squares:  π_{t+1} = argmin over policies of E_{y∼π_t}[(log π/π_t − η(u(y) − ⟨π_t, u⟩))²]
 *
 * The second has η⟨π_t, u⟩ in place of log Z, which is the η/2 of the paper: ⟨π, Pπ⟩ = ½. No policy has that log-ratio,
 * and the closest one falls short of multiplicative weights. Average iterate, original equilibrium.
 */
export const sppo: SolverDefinition<SppoParams> = {
  name: 'sppo',
  summary: 'multiplicative weights as a regression of log-ratios on win rates',
  source: citations.wu2024,
  conversion: 'η as in the paper; beta of its code is 1/η',
  family: 'unregularised',
  rate: 'O(1/√T)',
  iterate: 'average',
  equilibrium: 'original',
  params: z.strictObject({
    surrogate: z
      .enum(['exact', 'least-squares'])
      .default('exact')
      .describe('regress with the normaliser log Z (exact), or with η⟨π, u⟩ in its place as published (least-squares)'),
  }),
  defaultStepSize: () => hedgeStep,
  oracleCallsPerStep: 1,
  guarantees: [
    {
      ...theorem,
      premises: ({ surrogate, stepSize }, facts) =>
        surrogate === 'exact'
          ? theorem.premises({ stepSize }, facts)
          : 'the least-squares fit is not multiplicative weights, of which the theorem speaks',
    },
  ],
  make: ({ surrogate, stepSize }) => selfPlay(stepOf[surrogate])({ stepSize }),
};
