import type { Ops } from '../../src/numerics/ops.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';
import type { PlacedGame } from '../../src/solve/game.ts';
import { companies, joinOthers } from './everyone-else.ts';

/**
 * The oracles of games whose players meet each of the others with the same weight: seat i's payoffs are those against the
 * average policy (1/(n − 1))·Σ_{j≠i} π_j. Where all others play one policy tensor it is that tensor itself, so that a
 * symmetric game takes, bit for bit, the two-player game's payoffs.
 * @param against payoffs of a seat against a policy of all others.
 */
export function againstAverage(
  ops: Ops,
  against: (seat: number, opponent: Tensor) => Tensor,
): Omit<PlacedGame, 'tensors'> {
  return {
    payoffs(seat, policies) {
      const groups = companies(policies, seat);
      if (groups.length === 1) return against(seat, groups[0].policy);
      const weights = groups.map(({ seats }) => seats.length / (policies.length - 1));
      const average = ops.combine(
        weights,
        groups.map(({ policy }) => policy),
      );
      return against(seat, average);
    },
    everyone(policies) {
      const groups = companies(policies);
      const each = 1 / (policies.length - 1);
      const totals = groups.map(({ policy, seats }) => (seats.length === 1 ? policy : ops.mul(policy, seats.length)));
      const payoffs = new Array<Tensor>(policies.length);
      for (const [k, others] of joinOthers(totals, (a, b) => ops.combine([1, 1], [a, b])).entries()) {
        const { policy, seats } = groups[k];
        const company = seats.length - 1;
        let average: Tensor = policy;
        if (others !== undefined)
          average = company > 0 ? ops.combine([each, company * each], [others, policy]) : ops.mul(others, each);
        for (const seat of seats) payoffs[seat] = against(seat, average);
      }
      return payoffs;
    },
  };
}
