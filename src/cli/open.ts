import { type Command, InvalidArgumentError } from 'commander';
import { openGame } from '../../games/open-game.ts';
import type { AnyGame } from '../../games/operators/operator-game.ts';
import { wholeNumber } from './options.ts';
import { note, readStdin } from './streams.ts';

export interface GameOptions {
  readonly onUnknown?: 'drop' | 'tie';
  readonly missing?: 'half' | 'model' | 'error';
  readonly groups?: string;
  readonly annotators?: string;
  readonly players?: number | 'groups';
  readonly roles?: 'own' | 'shared';
}

/** A commander parser for one of a few words. */
export function oneOf<T extends string>(...words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((known) => known === text);
    if (word === undefined) throw new InvalidArgumentError(`expected ${words.join(' or ')}`);
    return word;
  };
}

/** A number of players, or a player per group. */
function playersWord(text: string): number | 'groups' {
  return text === 'groups' ? text : wholeNumber(text);
}

/** The options of a command that opens a game. */
export function withComparisonRules(command: Command): Command {
  return command
    .option(
      '--players <n>',
      'a preference game for n players, each paid the average of P(own ≻ other); groups: a player per group of annotators',
      playersWord,
    )
    .option('--roles <which>', 'with --players: own (policies of their own, default) or shared', oneOf('own', 'shared'))
    .option(
      '--on-unknown <rule>',
      'comparisons: unknown winner labels, drop or tie; an error by default',
      oneOf('drop', 'tie'),
    )
    .option(
      '--missing <rule>',
      'comparisons: pairs never compared, half (P = ½), model (Bradley–Terry) or error (default)',
      oneOf('half', 'model', 'error'),
    )
    .option(
      '--groups <by>',
      'comparisons: keep groups of judges apart, by a column (judge, annotator, …) or so many learned by EM from who said what',
    )
    .option('--annotators <file>', 'comparisons: a table with a column annotator that holds the column of --groups');
}

/** Opens the game argument of a command; what the reader counted goes to stderr. */
export async function openGameArgument(source: string, options: GameOptions): Promise<AnyGame> {
  return openGame(source, {
    ...(source === '-' ? { stdin: await readStdin() } : {}),
    ...(options.onUnknown === undefined ? {} : { onUnknown: options.onUnknown }),
    ...(options.missing === undefined ? {} : { missing: options.missing }),
    ...(options.groups === undefined ? {} : { groups: options.groups }),
    ...(options.annotators === undefined ? {} : { annotators: options.annotators }),
    ...(options.players === undefined ? {} : { players: options.players }),
    ...(options.roles === undefined ? {} : { roles: options.roles }),
    report: note,
  });
}
