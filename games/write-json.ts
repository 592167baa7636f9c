import { NashlabError } from '../src/core/errors.ts';
import type { GameDocument } from './game-document.ts';
import { type AnyGame, isOperatorGame } from './operators/operator-game.ts';
import { annotatorsDocument, isAnnotatorsGame } from './players/annotators.ts';
import { isPlayersGame } from './players/players-game.ts';
import { rowsOf, transposed } from './rows.ts';

/**
 * The native document of a game; `readGameDocument` gives the same game back bit for bit. Entries are written as the
 * source wrote them where the game keeps them, else as numbers. A game without a matrix is written as what defines it: a
 * catalogue text, its parameters, or path and content hash of its file. Throws `not-applicable` for stacked draws.
 */
export function gameDocument(game: AnyGame): GameDocument {
  if (isOperatorGame(game) || isPlayersGame(game)) return game.document();
  if (isAnnotatorsGame(game)) return annotatorsDocument(game);
  if (game.draws !== 1)
    throw new NashlabError('not-applicable', {
      what: `game "${game.name}" holds ${game.draws} draws`,
      expected: 'one draw per document',
    });
  const head = { schema: 'nashlab-game/1', name: game.name } as const;
  const description = game.description === undefined ? {} : { description: game.description };
  const [row, column] = game.matrices;
  const matrix = game.entries?.[0] ?? rowsOf(row);
  if (game.kind === 'preference') return { ...head, kind: game.kind, labels: game.labels[0], matrix, ...description };
  if (game.kind === 'zero-sum') return { ...head, kind: game.kind, labels: game.labels, matrix, ...description };
  const texts = game.entries?.[1];
  const other = texts === undefined ? rowsOf(transposed(column)) : texts[0].map((_, i) => texts.map((line) => line[i]));
  return { ...head, kind: game.kind, labels: game.labels, payoffs: [matrix, other], ...description };
}
