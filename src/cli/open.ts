import { InvalidArgumentError } from 'commander';
import { openGame } from '../../games/open-game.ts';
import type { MatrixGame } from '../solve/game.ts';
import { note, readStdin } from './streams.ts';

export interface GameOptions {
  readonly onUnknown?: 'drop' | 'tie';
  readonly missing?: 'half' | 'model' | 'error';
}

/** A commander parser for one of a few words. */
export function oneOf<T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((known) => known === text);
    if (word === undefined) throw new InvalidArgumentError(`expected ${words.join(' or ')}`);
    return word;
  };
}

/** Opens the game argument of a command; what the reader counted goes to stderr. */
export async function openGameArgument(source: string, options: GameOptions): Promise<MatrixGame> {
  return openGame(source, {
    ...(source === '-' ? { stdin: await readStdin() } : {}),
    ...(options.onUnknown === undefined ? {} : { onUnknown: options.onUnknown }),
    ...(options.missing === undefined ? {} : { missing: options.missing }),
    report: note,
  });
}
