import { type Game, type MatrixGame, requireMatrices } from '../src/solve/game.ts';

/** The game, which the test knows to have a matrix. */
export function withMatrix(game: Game): MatrixGame {
  return requireMatrices(game, 'the test');
}
