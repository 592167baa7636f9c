import { NashlabError } from '../../src/core/errors.ts';
import type { EvaluationWork, Game, MatrixGame } from '../../src/solve/game.ts';
import type { GameDocument } from '../game-document.ts';
import { checkLabels, numberedLabels } from '../labels.ts';
import type { PlayersGame } from '../players/players-game.ts';

/**
 * A symmetric two-player preference game too large for its matrix: payoffs come from what defines the preferences, and no
 * K × K matrix is ever formed. P + Pᵀ = 1.
 */
export interface OperatorGame extends Game {
  readonly kind: 'preference';
  /** Bytes of the numbers that define the game and lie in memory. */
  readonly bytes: number;
  readonly work: EvaluationWork;
  /** Whether `payoffSpan` is the span itself, or a proved upper bound of it (which theorems on step sizes need). */
  readonly payoffSpanIs: 'exact' | 'upper bound';
  /** P(a ≻ b) of one pair, on the host. */
  preference(a: number, b: number): number;
  /** What defines the game, as files and run stores hold it; a data file by its path and content hash. */
  document(): GameDocument;
}

/** A game with its matrix or matrices, without, or of any number of players. */
export type AnyGame = MatrixGame | OperatorGame | PlayersGame;

export interface OperatorGameParts
  extends Pick<OperatorGame, 'name' | 'bytes' | 'work' | 'payoffSpan' | 'payoffSpanIs' | 'preference'> {
  readonly actions: number;
  /** "1", "2", … where absent. */
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly place: Game['place'];
  /** The fields of the document beside schema, name, labels and description. */
  readonly definition: () => Pick<GameDocument, 'kind'> & Partial<GameDocument>;
}

/** Builds an operator game; both seats share role 0. Throws `bad-game` for no actions or labels that do not fit. */
export function operatorGame(parts: OperatorGameParts): OperatorGame {
  const { name, actions, description, definition, labels: given, ...rest } = parts;
  if (actions < 1)
    throw new NashlabError('bad-game', { what: `game "${name}" has no actions`, expected: 'at least one action' });
  if (given !== undefined) checkLabels(given, actions, 0, name);
  let labels = given;
  return {
    ...rest,
    name,
    kind: 'preference',
    roleOf: [0, 0],
    actions: [actions],
    draws: 1,
    sum: 'constant',
    ...(description === undefined ? {} : { description }),
    // A million names cost 0.1 s and 50 MB: made when somebody reads them.
    get labels() {
      labels ??= numberedLabels(actions);
      return [labels];
    },
    document: () => ({
      schema: 'nashlab-game/1',
      name,
      labels: given ?? [],
      actions,
      ...(description === undefined ? {} : { description }),
      ...definition(),
    }),
  };
}

/** Whether the game comes without a matrix. */
export function isOperatorGame(game: Game): game is OperatorGame {
  return 'preference' in game;
}
