import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Tensor } from '../src/numerics/tensor.ts';
import { freeStep, payoffsAgainst } from '../src/solve/mirror.ts';
import type { Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { constantStep } from './parts/premises.ts';

interface SpoParams extends StepParams {
  readonly queue: number;
}

interface SpoState {
  readonly policy: Profile;
  /** Payoff vectors against the policies played before, newest first, as many as the queue still holds. */
  readonly earlier: readonly (readonly Tensor[])[];
}

/**
 * SPO: multiplicative weights on the expected win rate against a queue of the last k policies played.
 *
 *   log π_{t+1} = log π_t + η·ū_t − const,   ū_t = mean of u(π_t), …, u(π_{t−k+1})
 *
 * Win rates are linear in the opponent, so ū_t is the win rate against the mixture of these policies, as probabilities.
 * With k = 1 it is `hedge`. Average iterate, original equilibrium.
 */
export const spo: SolverDefinition<SpoParams> = {
  name: 'spo',
  summary: 'multiplicative weights against a queue of the last policies; self-play preference optimisation',
  source: citations.swamy2024,
  conversion: 'η is 1/η where DNO restates it; the win rate within a batch is taken in expectation',
  family: 'unregularised',
  rate: 'O(1/√T)',
  iterate: 'average',
  equilibrium: 'original',
  params: z.strictObject({
    queue: z.int().min(1).max(1000).default(1).describe('how many of the last policies are the opponent'),
  }),
  defaultStepSize: ({ queue }) => `sqrt(8*log(max(n,2))/${queue === 1 ? 'T' : `(${2 * queue - 1}*T)`})/span`,
  oracleCallsPerStep: 1,
  guarantees: [
    {
      statement:
        'duality gap of the average ≤ Σ over players of D/(ηT) + (2k − 1)ηs²/8 for a queue of k and constant η, D = max_a log 1/π₀(a), payoff span s',
      source: citations.swamy2024,
      derived: true,
      iterate: 'average',
      equilibrium: 'original',
      metric: 'duality-gap',
      premises: ({ stepSize }, facts) => constantStep(stepSize, facts),
      bound: (step, { queue, stepSize }, facts) => {
        const eta = facts.at(stepSize, 0);
        return facts.divergence / (eta * step) + (2 * (2 * queue - 1) * eta * facts.payoffSpan ** 2) / 8;
      },
    },
  ],
  make: ({ queue, stepSize }) => ({
    init: (problem): SpoState => ({ policy: problem.start, earlier: [] }),
    step(problem, { policy, earlier }: SpoState, step): SpoState {
      const seen = [payoffsAgainst(problem, policy), ...earlier];
      const shares = seen.map(() => 1 / seen.length);
      const mean = (role: number): Tensor =>
        problem.ops.combine(
          shares,
          seen.map((payoffs) => payoffs[role]),
        );
      const payoffs = seen.length === 1 ? seen[0] : policy.map((_, role) => mean(role));
      return {
        policy: freeStep(problem, { centre: policy, payoffs, stepSize: problem.at(stepSize, step) }),
        earlier: seen.slice(0, queue - 1),
      };
    },
    profile: ({ policy }: SpoState) => policy,
  }),
};
