import { type Command, InvalidArgumentError } from 'commander';
import { openGame } from '../../games/open-game.ts';
import type { AnyGame } from '../../games/operators/operator-game.ts';
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

/** The options of a command that opens comparisons. */
export function withComparisonRules(command: Command): Command {
  return command
    .option(
      '--on-unknown <rule>',
      'comparisons: unknown winner labels, drop or tie; an error by default',
      oneOf('drop', 'tie'),
    )
    .option(
      '--missing <rule>',
      'comparisons: pairs never compared, half (P = ½), model (Bradley–Terry) or error (default)',
      oneOf('half', 'model', 'error'),
    );
}

/** Opens the game argument of a command; what the reader counted goes to stderr. */
export async function openGameArgument(source: string, options: GameOptions): Promise<AnyGame> {
  return openGame(source, {
    ...(source === '-' ? { stdin: await readStdin() } : {}),
    ...(options.onUnknown === undefined ? {} : { onUnknown: options.onUnknown }),
    ...(options.missing === undefined ? {} : { missing: options.missing }),
    report: note,
  });
}
