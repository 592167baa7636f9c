import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Schedule } from '../src/core/schedule.ts';
import type { Tensor } from '../src/numerics/tensor.ts';
import { gradientStep, regularisedAdvantages } from '../src/solve/mirror.ts';
import type { Problem, Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { heldBy, seeGroups, worthTo } from './parts/group-view.ts';
import { modelledWins } from './parts/modelled-wins.ts';
import { pairLaw } from './parts/reward-view.ts';

const params = z.strictObject({
  loss: z.enum(['ipo', 'dpo']).default('ipo').describe('the loss of each group'),
  sampling: pairLaw('the law μ that both actions of a compared pair are drawn from, in every group'),
  groupStep: z
    .union([z.number(), z.string()])
    .default('4/span^2')
    .describe('step γ of the group weights, per squared payoff: a number or an expression of t, tau, T, span, n'),
});

type Params = Omit<z.infer<typeof params>, 'groupStep'> & StepParams & { readonly groupStep: Schedule };

/** Half of the largest stable ones for fixed α: curvatures are at most τ/2 (ipo) and τ/8 (dpo), with uniform μ τ/n and τ/(4n). */
const steps = {
  ipo: { uniform: 'n/tau', reference: '2/tau' },
  dpo: { uniform: '4*n/tau', reference: '8/tau' },
} as const;

interface GroupRobustState {
  readonly policy: Profile;
  /** log α, `[B, G]`. */
  readonly weights: Tensor;
}

/** log μ per role. */
function lawOf({ ops, reference, actions }: Problem, sampling: Params['sampling']): Profile {
  return sampling === 'reference' ? reference : actions.map((count) => ops.fill([1, count], -Math.log(count)));
}

/** μ∘(d − ⟨μ, d⟩) for d = τ·log(π/ρ), `[B, A]`: its product with u_g is what group g gains, Cov_μ(d, u_g). */
function centredTilt({ ops, reference, temperature }: Problem, policy: Profile, law: Tensor): Tensor {
  const scores = ops.mul(ops.sub(policy[0], reference[0]), temperature);
  const weighted = ops.mul(scores, law);
  return ops.sub(weighted, ops.mul(ops.add(ops.mul(scores, 0), law), ops.sum(weighted)));
}

/**
 * Group robust preference optimisation: min over π, max over group weights α of Σ α_g L_g(π), L_g the offline IPO or DPO
 * loss of group g on pairs from μ, by exponentiated ascent in α and then a gradient step in the logits.
 *
 *   log α_{t+1} = log α_t − γ·Cov_μ(d_t, u_g) − const,   d = τ·log(π/ρ), u_g = P_g·μ
 *   log π_{t+1} = log π_t + η·μ∘(a − ⟨μ, a⟩) − const,    a = Σ_g α_{t+1,g} u_g − d_t (ipo), or Σ_g α_{t+1,g} u_g − s(d_t) (dpo)
 *
 * with s(d)_y = E_{y'∼μ} σ(d_y − d_y'). Both losses are Φ(π) − c·Cov_μ(d, u_g), c = 4/τ² for ipo and 2 for dpo, so the
 * groups differ in the second term alone. For ipo the limit is ρ·exp(u_α/τ), α the mixture of groups of least Var_μ(u_α).
 * Also called GRPO, as is group relative policy optimisation, which it has nothing to do with.
 */
export const groupRobust: SolverDefinition<Params> = {
  name: 'group-robust',
  summary: 'gradient steps on the loss of the worst mixture of groups, whose weights follow their losses',
  source: citations.ramesh2024,
  conversion:
    'τ is β; ipo: η is 4·lr/τ and γ 4·s/τ²; dpo: η is 2·lr·τ and γ 2·s, for rates lr and s on losses over all pairs',
  family: 'baseline',
  rate: 'O(1/T) for exact ipo solves (sampling uniform, the default steps), else measured',
  iterate: 'last',
  equilibrium: 'none',
  target: 'the least loss of the worst mixture of groups; in general no equilibrium of the pooled game',
  params,
  schedules: ['groupStep'],
  defaultStepSize: ({ loss, sampling }) => steps[loss][sampling],
  oracleCallsPerStep: 2,
  oracleCallsAtStart: 1,
  sees: (game, { sampling }, reference) => seeGroups(game, sampling, reference, '"group-robust"'),
  guarantees: [],
  make: ({ stepSize, groupStep, loss, sampling }) => ({
    init: (problem): GroupRobustState => ({
      policy: problem.start,
      weights: problem.ops.logSoftmax(problem.ops.mul(heldBy(problem, problem.ops.exp(problem.start[0])), 0)),
    }),
    step(problem, { policy, weights }: GroupRobustState, step): GroupRobustState {
      const { ops } = problem;
      const law = lawOf(problem, sampling);
      const gains = heldBy(problem, centredTilt(problem, policy, ops.exp(law[0])));
      const next = ops.combineLogSoftmax([1, -1], [weights, ops.mul(gains, problem.at(groupStep, step))]);
      const scores = worthTo(problem, ops.exp(next));
      const advantages =
        loss === 'ipo'
          ? regularisedAdvantages(problem, policy, [scores])
          : [ops.sub(scores, modelledWins(problem, policy[0], law[0]))];
      return {
        policy: gradientStep(problem, { centre: policy, law, advantages, stepSize: problem.at(stepSize, step) }),
        weights: next,
      };
    },
    profile: ({ policy }: GroupRobustState) => policy,
  }),
};
