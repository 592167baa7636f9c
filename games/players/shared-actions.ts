import { NashlabError } from '../../src/core/errors.ts';
import type { Game } from '../../src/solve/game.ts';
import { counted } from '../counted.ts';
import { checkLabels, numberedLabels } from '../labels.ts';

/** Whether all players play one policy, or each a policy of their own. */
export type Roles = 'shared' | 'own';

export interface PlayersOptions {
  readonly name?: string;
  /** One list, which all players share; "1", "2", … where absent. */
  readonly labels?: readonly string[];
  readonly description?: string;
  /** Default `shared`. */
  readonly roles?: Roles;
}

/** Refuses less than two players. */
export function checkPlayers(players: number, name: string): void {
  if (Number.isInteger(players) && players >= 2) return;
  throw new NashlabError('bad-game', {
    what: `game "${name}" has ${counted(players, 'player')}`,
    where: 'players',
    expected: 'a whole number of at least 2',
  });
}

export interface SharedActions {
  readonly name: string;
  readonly players: number;
  readonly actions: number;
  readonly labels?: readonly string[] | undefined;
  readonly roles: Roles;
}

/** Seats, roles, actions and labels of a game in which all players have the same actions. Throws `bad-game`. */
export function sharedActions(given: SharedActions): Pick<Game, 'roleOf' | 'actions' | 'labels' | 'draws'> {
  const { name, players, actions, roles } = given;
  checkPlayers(players, name);
  if (actions < 1)
    throw new NashlabError('bad-game', { what: `game "${name}" has no actions`, expected: 'at least one action' });
  if (given.labels !== undefined) checkLabels(given.labels, actions, 0, name);
  const count = roles === 'own' ? players : 1;
  const list = given.labels ?? numberedLabels(actions);
  return {
    roleOf: Array.from({ length: players }, (_, seat) => (roles === 'own' ? seat : 0)),
    actions: new Array<number>(count).fill(actions),
    draws: 1,
    labels: new Array<readonly string[]>(count).fill(list),
  };
}
