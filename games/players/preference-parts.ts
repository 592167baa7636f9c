import { NashlabError } from '../../src/core/errors.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { rowsOf } from '../rows.ts';

/** Rows of a preference game as its source wrote them. */
export function writtenRows({ entries, matrices }: MatrixGame): readonly (readonly (number | string)[])[] {
  return entries?.[0] ?? rowsOf(matrices[0]);
}

/** Refuses a game that is no preference matrix of so many actions; one draw. */
export function checkPreferences(game: MatrixGame, actions: number, where: string): void {
  if (game.kind === 'preference' && game.draws === 1 && game.actions[0] === actions) return;
  throw new NashlabError('bad-game', {
    what: `a ${game.kind} game of ${game.actions.join(' × ')} actions${game.draws === 1 ? '' : ` and ${game.draws} draws`}`,
    where,
    expected: `a preference matrix of ${actions} actions`,
  });
}
