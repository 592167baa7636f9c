import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { NashlabError } from '../src/core/errors.ts';
import { worstOf } from '../src/exact/group-payoffs.ts';
import { robustTilt } from '../src/exact/robust-tilt.ts';
import type { Instance } from '../src/solve/problem.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import {
  groupSampling,
  groupsOf,
  heaviest,
  nearReference,
  payoffsOfGroups,
  payoffWords,
  pooledPayoffs,
} from './parts/grouped.ts';

type Params = z.infer<typeof params>;

const params = z.strictObject({
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('the win rate against the reference that every judge has to grant; ½: none prefers the reference'),
  payoff: z
    .enum(['win-rate', 'reward'])
    .default('win-rate')
    .describe(
      `what is maximised, pooled over the judges; win-rate: ${payoffWords['win-rate']}; reward: ${payoffWords.reward}`,
    ),
  sampling: groupSampling,
});

const name = 'mixture-of-judges';

/** Temperature, of win rates, at which the best that all judges can be granted is looked for. */
const cold = 1e-4;

/** P_g·ρ − threshold. @throws `bad-parameter` for a threshold that no policy meets with room to spare. */
function demandsOf(instance: Instance, threshold: number): Float64Array[] {
  const { groups } = groupsOf(instance, name);
  const columns = payoffsOfGroups(instance, name, 'win-rate', 'reference');
  const { reference } = nearReference(instance);
  const { met, multipliers } = robustTilt({ reference, temperature: cold, columns, rule: 'worst' });
  const { name: judge, value } = worstOf(groups, met);
  if (value > threshold) return columns.map((column) => column.map((rate) => rate - threshold));
  // No policy does better than the best action against the adversary's mixture of judges.
  const most = pooledPayoffs(Array.from(multipliers), columns).reduce((top, rate) => Math.max(top, rate));
  throw new NashlabError('bad-parameter', {
    what: `threshold ${threshold} of "${name}": no policy of "${instance.game.name}" is granted more than ${most.toPrecision(6)} by all of its judges (${judge} stands out against it)`,
    expected: `a threshold below ${value.toPrecision(6)}, which some policy is granted by all`,
  });
}

/**
 * A mixture of judges as constraints: the best policy near the reference of those that every judge prefers to the reference
 * often enough.
 *
 *   max_π Σ_g w_g E_π[f_g] − τ·KL(π‖ρ) subject to P_g(π ≻ ρ) ≥ c for every g
 *   π ∝ ρ·exp((f + Σ y_g·P_g·ρ)/τ), y ≥ 0 the multipliers; y_g > 0 only where the judge is granted just c
 *
 * Of the paper it keeps the constrained objective with several judges. Ours are: groups as judges, their win rates
 * against the reference as what is constrained, one threshold, and the optimum in place of its optimisers.
 */
export const mixtureOfJudges: DirectDefinition<Params> = {
  name,
  summary: 'the pooled optimum near the reference under a least win rate for every judge',
  source: citations.xu2024,
  conversion: 'τ is the weight of KL; groups are judges, threshold is the least win rate of each against the reference',
  family: 'baseline',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'the pooled optimum subject to P_g(π ≻ ρ) ≥ threshold for every group; in general no equilibrium of the game',
  params,
  check(instance, { threshold, payoff, sampling }) {
    demandsOf(instance, threshold);
    payoffsOfGroups(instance, name, payoff, sampling);
  },
  async answer(instance, { threshold, payoff, sampling }) {
    const { groups } = groupsOf(instance, name);
    const shares = groups.map(({ weight }) => weight);
    const objective = pooledPayoffs(shares, payoffsOfGroups(instance, name, payoff, sampling));
    const columns = demandsOf(instance, threshold);
    const { log, multipliers, gap, violation, newtonSteps } = robustTilt({
      ...nearReference(instance),
      objective,
      columns,
      rule: 'each',
    });
    const binding = heaviest(
      groups.map((group) => group.name),
      multipliers,
    );
    const proof = `duality gap ${gap.toExponential(1)}, thresholds met to ${violation.toExponential(1)}`;
    return {
      profile: [log],
      method: `dual of the constrained program, ${newtonSteps} Newton steps, ${proof}; ${binding === '' ? 'no judge binds' : `multipliers: ${binding}`}`,
    };
  },
};
