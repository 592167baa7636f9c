import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { groupsOf, payoffsOfGroups, pooledPayoffs } from './parts/grouped.ts';
import { tilted } from './parts/offline.ts';
import { sampling } from './parts/reward-view.ts';

type Params = z.infer<typeof params>;

const name = 'reward-ensemble';

const params = z.strictObject({
  sampling,
  aggregate: z
    .enum(['worst-case', 'uncertainty-weighted', 'mean'])
    .default('worst-case')
    .describe(
      'of the members’ rewards; worst-case: the smallest for each action; uncertainty-weighted: mean − penalty·variance',
    ),
  penalty: z
    .number()
    .min(0)
    .default(0.5)
    .describe('of uncertainty-weighted: weight of the variance between members, λ'),
});

const square = (values: Float64Array): Float64Array => values.map((value) => value * value);

/** One reward per action from those of the members, with their shares as weights. */
function aggregated(members: readonly Float64Array[], shares: readonly number[], { aggregate, penalty }: Params) {
  if (aggregate === 'worst-case') return members[0].map((_, a) => Math.min(...members.map((member) => member[a])));
  const mean = pooledPayoffs(shares, members);
  if (aggregate === 'mean') return mean;
  const deviations = members.map((member) => square(member.map((reward, a) => reward - mean[a])));
  const variance = pooledPayoffs(shares, deviations);
  return mean.map((reward, a) => reward - penalty * variance[a]);
}

/**
 * An ensemble of reward models, one Bradley–Terry fit per group, made one reward before the policy is chosen.
 *
 *   worst-case (WCO): r(a) = min_g r_g(a);   uncertainty-weighted (UWO): r(a) = Σ w_g r_g(a) − λ·Σ w_g (r_g(a) − Σ w_h r_h(a))²
 *   π ∝ ρ·exp(r/τ)
 *
 * Both depend on the constant that comparisons leave open in each member's rewards: ours give the reference 0. The worst
 * member is chosen anew for each action, where `maxmin-rlhf` has one worst group for the policy: so it is more cautious.
 */
export const rewardEnsemble: DirectDefinition<Params> = {
  name,
  summary: 'the optimum of an ensemble of rewards: the smallest, or the mean less a penalty for disagreement',
  source: citations.coste2024,
  conversion: 'τ is the weight of KL; penalty is λ; members are the groups with their shares, alike in the paper',
  family: 'baseline',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'ρ·exp(r/τ), r the aggregated Bradley–Terry rewards of the groups; in general no equilibrium of the game',
  params,
  check: (instance, given) => {
    payoffsOfGroups(instance, name, 'reward', given.sampling);
  },
  async answer(instance, given) {
    const shares = groupsOf(instance, name).groups.map(({ weight }) => weight);
    const members = payoffsOfGroups(instance, name, 'reward', given.sampling);
    return tilted(
      instance,
      aggregated(members, shares, given),
      'Bradley–Terry fits of the groups, then their optimum in closed form',
    );
  },
};
