import { NashlabError } from '../core/errors.ts';
import { cpuBackend, hostValues } from '../numerics/cpu/backend.ts';
import type { Game } from '../solve/game.ts';
import { profileFrom } from '../solve/policies.ts';
import { bestResponse, responseGain } from './best-response-gain.ts';

/** What the other seats play: one policy for all of them where they share their actions, or one per role. */
export type OpponentPolicies = readonly number[] | readonly (readonly number[])[];

export interface MixtureMember {
  readonly name: string;
  /** Share of the mixture, ≥ 0; shares are divided by their sum. */
  readonly weight: number;
  /** Probabilities over the opponents' actions. Given per role, that of a role no other seat plays is not looked at. */
  readonly policy: OpponentPolicies;
}

/**
 * A named, weighted set of opponents. With the probability of its weight a member is drawn, and then all other seats play its
 * policies; with two players that is the same as playing the average policy.
 */
export interface Mixture {
  readonly name: string;
  readonly members: readonly MixtureMember[];
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

/** Weights divided by their sum. Throws `bad-policy` naming the member, or the population. */
function shares({ name, members }: Mixture): number[] {
  const where = `mixture "${name}"`;
  for (const { name: member, weight } of members)
    if (!(weight >= 0 && Number.isFinite(weight)))
      throw new NashlabError('bad-policy', {
        what: `member "${member}" has weight ${weight}`,
        where,
        expected: 'a finite number ≥ 0',
      });
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0))
    throw new NashlabError('bad-policy', {
      what: `a population of zero weight: ${members.length === 0 ? 'no members' : `${members.length} members, all of weight 0`}`,
      where,
      expected: 'at least one member of a weight above 0',
    });
  return members.map(({ weight }) => weight / total);
}

function isPerRole(policy: OpponentPolicies): policy is readonly (readonly number[])[] {
  return policy.length > 0 && typeof policy[0] !== 'number';
}

/** Policies of a member per role, of the roles that other seats play. Throws `bad-policy` naming the member. */
function policiesOf(game: Game, member: MixtureMember, others: ReadonlySet<number>, mixture: string) {
  const where = `member "${member.name}" of mixture "${mixture}"`;
  const { policy } = member;
  const given = isPerRole(policy) ? policy : undefined;
  if (given !== undefined && given.length !== game.actions.length)
    throw new NashlabError('bad-policy', {
      what: `${given.length} policies`,
      where,
      expected: `one policy for all other seats, or ${game.actions.length}, one per role`,
    });
  return game.actions.map((count, role) => {
    if (!others.has(role)) return new Array<number>(count).fill(1 / count);
    const own = given?.[role] ?? (policy as readonly number[]);
    const subject = game.actions.length === 1 ? where : `${where}, role ${role}`;
    profileFrom([own], { actions: [count] }, subject, 'any');
    return own;
  });
}

/**
 * Gain of the best response to a mixture of opponents, for the player at `seat` of a game of any number of players.
 * @param policy probabilities over the player's actions, `[A]`.
 * @throws `bad-policy` for a population of zero weight, or a member whose policy does not fit, naming it and its size;
 * `bad-option` for a seat that the game has not.
 */
export function gapAgainstMixture(game: Game, policy: readonly number[], mixture: Mixture, seat = 0): MixtureGap {
  const role = game.roleOf[seat];
  if (role === undefined)
    throw new NashlabError('bad-option', {
      what: `seat ${seat} of "${game.name}"`,
      expected: `a seat from 0 to ${game.roleOf.length - 1}`,
    });
  const weights = shares(mixture);
  profileFrom([policy], { actions: [game.actions[role]] }, `the policy of seat ${seat}`, 'any');
  const others = new Set(game.roleOf.filter((_, at) => at !== seat));
  const members = mixture.members.map((member) => policiesOf(game, member, others, mixture.name));
  const backend = cpuBackend();
  const { ops } = backend;
  const placed = game.place(ops);
  const against = (policies: readonly (readonly number[])[]): Float64Array =>
    backend.scope(() => {
      const perRole = policies.map((probabilities) => ops.tensor(probabilities, [1, probabilities.length]));
      return hostValues(
        placed.payoffs(
          seat,
          game.roleOf.map((other) => perRole[other]),
        ),
      ).slice();
    });
  const payoffs = members.map(against);
  backend.release(placed.tensors);
  void backend.dispose();
  const mixed = payoffs[0].map((_, action) => payoffs.reduce((sum, u, k) => sum + weights[k] * u[action], 0));
  const response = bestResponse(mixed);
  const gainOver = (u: Float64Array): number => responseGain(policy, u, response);
  return {
    gain: gainOver(mixed),
    bestResponse: response,
    bestResponsePayoff: mixed[response],
    gainAgainst: Object.fromEntries(mixture.members.map(({ name }, k) => [name, gainOver(payoffs[k])])),
  };
}
