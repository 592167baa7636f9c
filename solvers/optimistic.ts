import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { freeStep, payoffsAgainst } from '../src/solve/mirror.ts';
import type { Problem, Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { constantStep } from './parts/premises.ts';

interface OptimisticState {
  /** The auxiliary iterate π'_t, which follows the payoffs seen. */
  readonly auxiliary: Profile;
  /** The policy played, π_t ∝ π'_t·exp(η·u(π_{t−1})). */
  readonly played: Profile;
}

/**
 * Optimistic multiplicative weights (OMWU; ONPO): the last payoffs predict the next ones.
 *
 *   r_t = u(π_t);   log π'_{t+1} = log π'_t + η·r_t − const;   log π_{t+1} = log π'_{t+1} + η·r_t − const
 *
 * The first prediction is u(π'_0), one evaluation. The average iterate has a 1/T guarantee for the original game; with
 * small steps the last iterate converges too, at an instance-dependent rate.
 */
export const optimistic: SolverDefinition<StepParams> = {
  name: 'optimistic',
  summary: 'multiplicative weights with the last payoffs as prediction; OMWU, ONPO',
  source: citations.zhang2025onpo,
  aliases: ['omwu', 'onpo'],
  conversion: 'η as in ONPO',
  family: 'unregularised',
  rate: 'O(1/T)',
  iterate: 'average',
  equilibrium: 'original',
  params: z.strictObject({}),
  defaultStepSize: () => '1/(sqrt(2)*span)',
  oracleCallsPerStep: 1,
  oracleCallsAtStart: 1,
  guarantees: [
    {
      statement:
        'duality gap of the average ≤ Σ over players of D/(ηT) for constant η ≤ 1/(√2·s), D = max_a log 1/π₀(a)',
      source: citations.zhang2025onpo,
      derived: true,
      iterate: 'average',
      equilibrium: 'original',
      metric: 'duality-gap',
      premises: ({ stepSize }, facts) => {
        const holds = constantStep(stepSize, facts);
        if (holds !== true) return holds;
        const limit = 1 / (Math.SQRT2 * facts.payoffSpan);
        return facts.at(stepSize, 0) <= limit * (1 + 1e-12) || `η exceeds 1/(√2·s) = ${limit.toPrecision(4)}`;
      },
      bound: (step, { stepSize }, facts) => facts.divergence / (facts.at(stepSize, 0) * step),
    },
  ],
  make: ({ stepSize }) => {
    const follow = (problem: Problem, state: OptimisticState, step: number): OptimisticState => {
      const size = problem.at(stepSize, step);
      const payoffs = payoffsAgainst(problem, state.played);
      const auxiliary = freeStep(problem, { centre: state.auxiliary, payoffs, stepSize: size });
      return { auxiliary, played: freeStep(problem, { centre: auxiliary, payoffs, stepSize: size }) };
    };
    return {
      init(problem): OptimisticState {
        const auxiliary = problem.start;
        const payoffs = payoffsAgainst(problem, auxiliary);
        return {
          auxiliary,
          played: freeStep(problem, { centre: auxiliary, payoffs, stepSize: problem.at(stepSize, 0) }),
        };
      },
      step: follow,
      profile: (state: OptimisticState) => state.played,
    };
  },
};
