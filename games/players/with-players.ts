import { NashlabError } from '../../src/core/errors.ts';
import { type Game, isMatrixGame, type MatrixGame, requireGroups } from '../../src/solve/game.ts';
import { groupGames } from '../../src/solve/matrix-game.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import { heterogeneousGame } from './heterogeneous.ts';
import { polymatrixPreferenceGame } from './polymatrix-preference.ts';

/** More players than two in a preference game: so many, or one per group of its annotators. */
export interface PlayersRule {
  readonly players: number | 'groups';
  /** Whether each has a policy of its own (default) or all play one. */
  readonly roles?: 'own' | 'shared';
}

/** ` with 4 players`: what is added to a game's name. */
export function playersWords({ players, roles = 'own' }: PlayersRule): string {
  if (players === 'groups') return ' with a player per group';
  return ` with ${players} players${roles === 'shared' ? ' of one policy' : ''}`;
}

function preferencesOf(game: Game): MatrixGame {
  if (isMatrixGame(game) && game.kind === 'preference') return game;
  throw new NashlabError('not-applicable', {
    what: `more players in "${game.name}", a ${game.kind} game${isMatrixGame(game) ? '' : ' without a matrix'}`,
    expected: 'a preference game of two players given by its matrix',
  });
}

/**
 * The preferences of a two-player game as a game of n players, each paid the average of P(own ≻ other) over the others
 * (`polymatrix-preference`); with `groups` one player per group of annotators, paid by the preferences of its own group
 * (`heterogeneous`).
 * @throws `not-applicable` for games that are not given by a preference matrix, or have no groups; `bad-game` for one player.
 */
export function withPlayers(game: AnyGame, rule: PlayersRule): AnyGame {
  const preferences = preferencesOf(game);
  const name = `${game.name}${playersWords(rule)}`;
  const described = game.description === undefined ? {} : { description: game.description };
  if (rule.players === 'groups') {
    if (rule.roles === 'shared')
      throw new NashlabError('bad-option', {
        what: 'a player per group with one policy for all',
        expected: 'roles own: every group judges its own player',
      });
    return heterogeneousGame(groupGames(requireGroups(preferences, 'a player per group')), { name, ...described });
  }
  return polymatrixPreferenceGame(preferences, rule.players, { name, roles: rule.roles ?? 'own', ...described });
}
