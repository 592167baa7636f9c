import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Scalar, Tensor } from '../src/numerics/tensor.ts';
import { constantSumOfTwo } from '../src/solve/guarantee.ts';
import { payoffsAgainst } from '../src/solve/mirror.ts';
import type { Profile } from '../src/solve/problem.ts';
import type { SolverDefinition } from '../src/solve/solver.ts';
import { beyondTwo } from './parts/premises.ts';

interface RegretState {
  readonly policy: Profile;
  /** Positive cumulative regrets per role, `[B, A]`, in payoff spans. */
  readonly regrets: readonly Tensor[];
  /** One over the payoff span. */
  readonly unit: Scalar;
}

/** Weight of the start beside the regrets: it is played while there are none, and is lost in rounding afterwards. */
const faint = 1e-30;

/**
 * Regret matching plus: play in proportion to the positive regrets, which never fall below 0.
 *
 *   R_{t+1} = max(0, R_t + u(π_t) − ⟨π_t, u(π_t)⟩);   π_{t+1} ∝ R_{t+1}, and π_0 while R = 0
 *
 * All players move at once; no step size: multiplying the payoffs changes nothing. Average iterate, original equilibrium.
 */
export const regretMatchingPlus: SolverDefinition = {
  name: 'regret-matching-plus',
  summary: 'play in proportion to positive cumulative regrets; no step size',
  source: citations.tammelin2015,
  aliases: ['rm+'],
  conversion: 'simultaneous updates and the plain average, where the paper alternates and weights by t',
  family: 'unregularised',
  rate: 'O(1/√T)',
  iterate: 'average',
  equilibrium: 'original',
  params: z.strictObject({}),
  oracleCallsPerStep: 1,
  guarantees: [
    {
      statement: 'duality gap of the average ≤ Σ over players of s·√((A − 1)/T), A actions, payoff span s',
      source: citations.tammelin2015,
      derived: true,
      iterate: 'average',
      equilibrium: 'original',
      metric: 'duality-gap',
      premises: (_, facts) => constantSumOfTwo(facts),
      bound: (step, _, { actions, payoffSpan }) =>
        actions.reduce((sum, count) => sum + (2 / actions.length) * payoffSpan * Math.sqrt((count - 1) / step), 0),
    },
    {
      statement:
        'cce-gap of the play ≤ s·√((A − 1)/T) in any game of any number of players, A the most actions of a player, payoff span s',
      source: citations.tammelin2015,
      derived: true,
      iterate: 'average',
      equilibrium: 'original',
      metric: 'cce-gap',
      premises: (_, facts) => beyondTwo(facts),
      bound: (step, _, { actions, payoffSpan }) => payoffSpan * Math.sqrt((Math.max(...actions) - 1) / step),
    },
  ],
  make: () => ({
    init: ({ ops, start, at }): RegretState => ({
      policy: start,
      regrets: start.map(({ shape }) => ops.fill(shape, 0)),
      unit: at('1/span', 0),
    }),
    step(problem, { policy, regrets, unit }: RegretState): RegretState {
      const { ops, start } = problem;
      const payoffs = payoffsAgainst(problem, policy);
      const next = policy.map((log, role) => {
        const value = ops.sum(ops.mul(payoffs[role], ops.exp(log)));
        return ops.positivePart(ops.add(regrets[role], ops.mul(ops.sub(payoffs[role], value), unit)));
      });
      const play = (regret: Tensor, role: number): Tensor =>
        ops.logSoftmax(ops.log(ops.add(regret, ops.mul(ops.exp(start[role]), faint))));
      return { policy: next.map(play), regrets: next, unit };
    },
    profile: ({ policy }: RegretState) => policy,
  }),
};
