import type { MatrixGame } from '../../src/solve/game.ts';
import { completePreferences } from '../complete.ts';
import { preferenceGame } from '../preference.ts';
import type { AnyGame, OperatorGame } from './operator-game.ts';

/** Up to this many actions the matrix is formed all the same: then everything can be inspected, certified and solved exactly. */
const formedActions = 400;

/** The same game with its matrix, K² entries. */
export function formedGame(game: OperatorGame): MatrixGame {
  const { name, labels, description } = game;
  return preferenceGame(completePreferences(game.actions[0], game.preference), {
    name,
    labels: labels[0],
    ...(description === undefined ? {} : { description }),
  });
}

/** The game itself where it is large, else with its matrix. */
export function formedWhenSmall(game: OperatorGame): AnyGame {
  return game.actions[0] <= formedActions ? formedGame(game) : game;
}
