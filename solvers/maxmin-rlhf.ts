import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { stackedPreferences, worstOf } from '../src/exact/group-payoffs.ts';
import { robustTilt } from '../src/exact/robust-tilt.ts';
import type { Instance } from '../src/solve/problem.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { groupSampling, groupsOf, heaviest, nearReference, payoffsOfGroups, payoffWords } from './parts/grouped.ts';

type Params = z.infer<typeof params>;

const words = {
  ...payoffWords,
  'any-opponent': 'how often each group prefers the policy to each opponent: the worst of all',
};

const params = z.strictObject({
  payoff: z
    .enum(['reward', 'win-rate', 'any-opponent'])
    .default('reward')
    .describe(
      `what the worst is taken of; ${Object.entries(words)
        .map(([word, meaning]) => `${word}: ${meaning}`)
        .join('; ')}`,
    ),
  sampling: groupSampling,
});

/** c_g per action, and whom each belongs to. */
function demandsOf(instance: Instance, { payoff, sampling }: Params) {
  const { groups, actions } = groupsOf(instance, 'maxmin-rlhf');
  if (payoff !== 'any-opponent')
    return { groups, columns: payoffsOfGroups(instance, 'maxmin-rlhf', payoff, sampling), each: 1 };
  const { columns: count, values } = stackedPreferences(groupsOf(instance, 'maxmin-rlhf'));
  const columns = Array.from({ length: count }, (_, k) =>
    Float64Array.from({ length: actions[0] }, (__, a) => values[a * count + k]),
  );
  return { groups, columns, each: actions[0] };
}

/** Sums of the values that belong together, `each` at a time. */
function together(values: Float64Array, each: number): Float64Array {
  return Float64Array.from({ length: values.length / each }, (_, g) =>
    values.subarray(g * each, (g + 1) * each).reduce((sum, value) => sum + value, 0),
  );
}

/**
 * MaxMin-RLHF: the policy near the reference whose worst group is served best.
 *
 *   max_π min_g E_π[r_g] − τ·KL(π‖ρ);   π ∝ ρ·exp(Σ q_g r_g/τ), q the minimum of τ·log Σ ρ·exp(q·r/τ) over the simplex
 *
 * The groups that q weighs are served alike, the others better. r_g are Bradley–Terry rewards, which a constant of each
 * group leaves open: ours give the reference 0. With win rates P_g·ρ in their place it is the same program without a fit.
 * `any-opponent` takes the worst over opponents, too. The answer is proved by its duality gap, which `method` states.
 */
export const maxminRlhf: DirectDefinition<Params> = {
  name: 'maxmin-rlhf',
  summary: 'the policy near the reference whose worst group is served best',
  source: citations.chakraborty2024,
  conversion: 'τ is β; the groups are those of the game, by annotator or learned by EM',
  family: 'baseline',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'the best worst group, max_π min_g E_π[r_g] − τ·KL(π‖ρ); in general no equilibrium of the pooled game',
  params,
  check: (instance, given) => {
    demandsOf(instance, given);
  },
  async answer(instance, given) {
    const { groups, columns, each } = demandsOf(instance, given);
    const { log, multipliers, met, gap, newtonSteps } = robustTilt({
      ...nearReference(instance),
      columns,
      rule: 'worst',
    });
    const least = Float64Array.from(groups, (_, g) =>
      met.subarray(g * each, (g + 1) * each).reduce((a, b) => Math.min(a, b)),
    );
    const { name, value } = worstOf(groups, least);
    const adversary = heaviest(
      groups.map((group) => group.name),
      together(multipliers, each),
    );
    return {
      profile: [log],
      method: `dual of the max-min program, ${newtonSteps} Newton steps, duality gap ${gap.toExponential(1)}; the adversary picks ${adversary}; worst group ${name}: ${given.payoff} ${Number(value.toPrecision(6))}`,
    };
  },
};
