import { groupScores } from '../../src/exact/group-payoffs.ts';
import { lawOf, type PairLaw } from '../../src/exact/rewards.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';
import { type Game, requireGroups } from '../../src/solve/game.ts';
import { spanOf } from '../../src/solve/place-matrices.ts';
import type { HostProfile, Problem } from '../../src/solve/problem.ts';

/** Seats of nature, beside the two of the players: it asks what actions are worth, or what groups hold. */
const [worth, held] = [2, 3];

/**
 * The game as an offline method of groups sees it: beside the players' payoffs the scores u_g = P_g·μ against a law μ of
 * compared pairs, asked for by `worthTo` and `heldBy`.
 * @param reference log ρ, `[R, A]`: one law for all runs, or one each.
 */
export function seeGroups(game: Game, law: PairLaw, reference: HostProfile, what: string): Game {
  const grouped = requireGroups(game, what);
  const { laws, groups, byGroup, byAction } = groupScores(grouped, lawOf(law, game, reference).map(Math.exp));
  const { labels, roleOf, actions } = game;
  return {
    name: `the groups of ${game.name}`,
    kind: 'group-scores',
    labels,
    roleOf,
    actions,
    draws: laws,
    sum: 'general',
    payoffSpan: spanOf(byGroup),
    bytes: 2 * byGroup.byteLength + grouped.matrices[0].values.byteLength,
    place(ops) {
      const players = game.place(ops);
      const scores = ops.tensor(byAction, [laws, actions[0], groups]);
      const transposed = ops.tensor(byGroup, [laws, groups, actions[0]]);
      return {
        tensors: [...players.tensors, scores, transposed],
        payoffs(seat, policies) {
          if (seat === worth) return ops.matVec(scores, policies[0]);
          return seat === held ? ops.matVec(transposed, policies[0]) : players.payoffs(seat, policies);
        },
      };
    },
  };
}

/** Σ_g α_g u_g: what actions are worth to groups of weights α, `[B, G]`; `[B, A]`. */
export function worthTo(problem: Problem, weights: Tensor): Tensor {
  return problem.payoffs(worth, [weights]);
}

/** ⟨x, u_g⟩ of every group for a vector x, `[B, A]`; `[B, G]`. */
export function heldBy(problem: Problem, vector: Tensor): Tensor {
  return problem.payoffs(held, [vector]);
}
