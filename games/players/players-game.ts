import type { EvaluationWork, Game } from '../../src/solve/game.ts';
import type { GameDocument, PlayersKind } from '../game-document.ts';

/** A game whose payoffs are no pair of matrices: of any number of players, each with a role of its own unless it is symmetric. */
export interface PlayersGame extends Game {
  readonly kind: PlayersKind;
  readonly bytes: number;
  readonly work: EvaluationWork;
  /** What defines the game, as files and run stores hold it. */
  document(): GameDocument;
}

export function isPlayersGame(game: Game): game is PlayersGame {
  return 'document' in game && !('preference' in game);
}
