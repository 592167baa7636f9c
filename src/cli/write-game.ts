import { writeFileSync } from 'node:fs';
import { gameText } from '../../games/gambit/write-game.ts';
import type { AnyGame } from '../../games/operators/operator-game.ts';
import { NashlabError } from '../core/errors.ts';
import { note } from './streams.ts';

/** Writes a game in the format that the ending of the path names. Throws `bad-option` where that is none, `unwritable`. */
export function writeGame(game: AnyGame, path: string): void {
  const text = gameText(game, path);
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new NashlabError('unwritable', {
      what: `the game cannot be written: ${(cause as Error).message}`,
      where: path,
      expected: 'a file in an existing folder you may write to',
      cause,
    });
  }
  note(`${path}: written`);
}
