import { NashlabError } from '../core/errors.ts';
import type { Game } from './game.ts';
import type { RosterMember } from './game-of-members.ts';
import { profileFrom } from './policies.ts';
import { restrictedTo } from './roster.ts';
import { supportOf } from './support.ts';

/** A policy of one role of a game, which its restricted game has as one action of that name. */
export interface NamedPolicy {
  readonly name: string;
  /** Probabilities over the role's actions, `[A_role]`. */
  readonly policy: ArrayLike<number>;
}

function checkedMembers(game: Game, members: readonly NamedPolicy[], role: number): RosterMember[] {
  const refuse = (what: string, expected: string): never => {
    throw new NashlabError('bad-policy', { what, where: `role ${role} of "${game.name}", restricted`, expected });
  };
  if (members.length === 0) refuse('no members', 'at least one policy per role');
  const seen = new Set<string>();
  return members.map(({ name, policy }) => {
    if (seen.has(name)) refuse(`two members of the name "${name}"`, 'a different name for each member');
    seen.add(name);
    profileFrom([Array.from(policy)], { actions: [game.actions[role]] }, `member "${name}" of role ${role}`, 'any');
    return { name, policy: supportOf(policy) };
  });
}

/**
 * A game in which players choose among given policies instead of actions: the payoff of member i of a seat is the expected
 * payoff of its policy in the full game. Players of one role share a list.
 *
 * A two-player game of one draw becomes a game with matrices: M_r[i][j] = ⟨x_i, u_r(y_j)⟩, one payoff evaluation per member;
 * of kind `preference` where both seats share a role and M + Mᵀ = 1, else `zero-sum` or `bimatrix` like the full game. Any other
 * game becomes one of kind `restricted`, whose mixtures of members are turned into policies of the full game at every evaluation.
 *
 * @param members per role, at least one each, with different names: the labels of the restricted game.
 * @throws `bad-policy` naming the member that is no policy of its role.
 */
export function restrictedGame(game: Game, members: readonly (readonly NamedPolicy[])[]): Game {
  if (members.length !== game.actions.length)
    throw new NashlabError('bad-policy', {
      what: `members for ${members.length} roles`,
      where: `"${game.name}", restricted`,
      expected: `${game.actions.length}, one list per role`,
    });
  return restrictedTo(
    game,
    members.map((list, role) => checkedMembers(game, list, role)),
  );
}
