import { NashlabError } from '../core/errors.ts';
import { cpuBackend, hostValues } from '../numerics/cpu/backend.ts';
import type { Game } from '../solve/game.ts';

/** A named, weighted set of opponents' policies (probabilities over the opponent's actions). */
export interface Mixture {
  readonly name: string;
  readonly members: readonly { readonly name: string; readonly weight: number; readonly policy: readonly number[] }[];
}

export interface MixtureGap {
  /** max_a u_a(mixture) − u(policy, mixture), in payoff units; ≥ 0. */
  readonly gain: number;
  /** Index of the best response to the mixture (the first of several). */
  readonly bestResponse: number;
  /** Payoff of the best response against the mixture. */
  readonly bestResponsePayoff: number;
  /** What the same best response gains against each member alone; may be negative. */
  readonly gainAgainst: Readonly<Record<string, number>>;
}

/**
 * Gain of the best response to a mixture of opponents, for the player at `seat` of a two-player game.
 * @param policy probabilities over the player's actions, `[A]`.
 */
export function gapAgainstMixture(game: Game, policy: readonly number[], mixture: Mixture, seat = 0): MixtureGap {
  const opponent = game.roleOf[1 - seat];
  const width = game.actions[opponent];
  const total = mixture.members.reduce((sum, member) => sum + member.weight, 0);
  for (const member of mixture.members)
    if (member.policy.length !== width || !(member.weight >= 0))
      throw new NashlabError('bad-policy', {
        what: `member "${member.name}" has ${member.policy.length} probabilities and weight ${member.weight}`,
        where: `mixture "${mixture.name}"`,
        expected: `${width} probabilities and a weight ≥ 0`,
      });
  const { ops } = cpuBackend();
  const { payoffs } = game.place(ops);
  const against = (probabilities: readonly number[]): Float64Array => {
    const seated = game.roleOf.map(() => ops.tensor(probabilities, [1, width]));
    return hostValues(payoffs(seat, seated));
  };
  const value = (u: Float64Array): number => policy.reduce((sum, p, a) => sum + p * u[a], 0);
  const mixed = Array.from({ length: width }, (_, a) =>
    mixture.members.reduce((sum, member) => sum + (member.weight / total) * member.policy[a], 0),
  );
  const u = against(mixed);
  const bestResponse = u.indexOf(u.reduce((top, value) => Math.max(top, value)));
  return {
    gain: u[bestResponse] - value(u),
    bestResponse,
    bestResponsePayoff: u[bestResponse],
    gainAgainst: Object.fromEntries(
      mixture.members.map((member) => {
        const own = against(member.policy);
        return [member.name, own[bestResponse] - value(own)];
      }),
    ),
  };
}
