import { within } from '../../src/core/errors.ts';
import { counted } from '../counted.ts';
import { distinctNames } from '../distinct-names.ts';
import { numberedLabels } from '../labels.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import { actionsAt, jointActions } from '../players/payoff-tensor.ts';
import { gameOfPayoffs } from '../players/read-document.ts';
import { firstPlayerFastest, payoffsOfTexts } from './payoff-order.ts';
import { type Reader, readerOf, type Token, tokensOf } from './tokens.ts';

/** `{ "a" "b" }`, whose opening brace has been taken. */
function readTexts(reader: Reader, what: string): string[] {
  const texts: string[] = [];
  while (reader.peek().kind === 'text') texts.push(reader.next().text);
  reader.take('}', `${what} in quotes, then }`);
  return texts;
}

/** Action labels per player: numbers of actions, or lists of labels. */
function readActions(reader: Reader, players: readonly string[]): string[][] {
  const expected = `the number of actions of each of the ${players.length} players, or a list of labels for each`;
  reader.take('{', expected);
  const lists = players.map(() => {
    if (reader.skip('{')) return distinctNames(readTexts(reader, 'labels of actions'));
    const count = reader.take('number', expected);
    if (!/^[1-9]\d*$/.test(count.text)) throw reader.refuse(count, 'a whole number of actions above 0');
    if (Number(count.text) > reader.left()) throw reader.refuse(count, 'as many payoffs in the file');
    return numberedLabels(Number(count.text));
  });
  const close = reader.take('}', `} after ${counted(players.length, 'player')}`);
  if (lists.some((list) => list.length === 0)) throw reader.refuse(close, 'at least one action for each player');
  return lists;
}

/** Where a payoff of the file belongs, in words. */
function entryName(k: number, player: number, labels: readonly (readonly string[])[]): string {
  const size = labels.map(({ length }) => length);
  const joint = actionsAt(k, size.reverse()).reverse();
  return `the payoff of player ${player + 1} where the players choose ${joint.map((action, p) => `"${labels[p][action]}"`).join(', ')}`;
}

/** Payoff version: for each joint action, player 1's fastest, the payoffs of all players. As texts, `[joint][player]`. */
function readPayoffs(reader: Reader, labels: readonly (readonly string[])[], count: number): string[][] {
  const total = count * labels.length;
  const rows: string[][] = [];
  const taken: Token[] = [];
  for (let k = 0; k < count; k++)
    rows.push(
      labels.map((_, player) => {
        const found = reader.next();
        if (found.kind === 'number') {
          taken.push(found);
          return found.text;
        }
        const name = entryName(k, player, labels);
        const there = `${taken.length} of ${counted(total, 'payoff')} are there`;
        const short = found.kind === 'end' ? shortLine(taken, labels.length) : undefined;
        if (short !== undefined)
          throw reader.refuse(
            short.token,
            `${counted(labels.length, 'payoff')}, one per player`,
            `${short.words}: ${there}`,
          );
        throw reader.refuse(
          found,
          `${name}: a number`,
          found.kind === 'end' ? `${name} is missing: ${there}` : undefined,
        );
      }),
    );
  return rows;
}

/** The one line on which payoffs of some players are missing, where all other lines hold whole rows of them. */
function shortLine(taken: readonly Token[], players: number): { token: Token; words: string } | undefined {
  const lines = new Map<number, Token[]>();
  for (const token of taken) lines.set(token.line, [...(lines.get(token.line) ?? []), token]);
  const short = [...lines.values()].filter(({ length }) => length % players !== 0);
  if (short.length !== 1 || lines.size < 2) return undefined;
  const [[token]] = short;
  return { token, words: `a line of ${counted(short[0].length, 'payoff')} for ${counted(players, 'player')}` };
}

/** `{ { "name" 1, 2, 3 } … }`: the payoffs of each outcome, `[outcome][player]`; the brace has been taken. */
function readOutcomes(reader: Reader, players: number): string[][] {
  const outcomes: string[][] = [];
  while (reader.skip('{')) {
    reader.take('text', 'the name of an outcome in quotes, which may be empty');
    outcomes.push(
      Array.from({ length: players }, (_, player) => {
        const { text } = reader.take('number', `the payoff of player ${player + 1} in outcome ${outcomes.length + 1}`);
        reader.skip(',');
        return text;
      }),
    );
    reader.take('}', `} after the payoffs of ${counted(players, 'player')}`);
  }
  reader.take('}', '{ of the next outcome, or } after the last');
  return outcomes;
}

/** Outcome version: the outcomes, then the number of one for each joint action; 0 is no outcome, where everyone gets 0. */
function readByOutcome(reader: Reader, labels: readonly (readonly string[])[], count: number): string[][] {
  const outcomes = [labels.map(() => '0'), ...readOutcomes(reader, labels.length)];
  const rows: string[][] = [];
  for (let k = 0; k < count; k++) {
    const found = reader.next();
    const expected = `the outcome of each of ${counted(count, 'joint action')}, a number in 0 … ${outcomes.length - 1}`;
    const ended = `${k} of ${counted(count, 'outcome')} are there`;
    const row = found.kind === 'number' && /^\d+$/.test(found.text) ? outcomes[Number(found.text)] : undefined;
    if (row === undefined) throw reader.refuse(found, expected, found.kind === 'end' ? ended : undefined);
    rows.push(row);
  }
  return rows;
}

/**
 * Reads a Gambit strategic game, `NFG 1 R` or `D`, by payoffs or by outcomes; player 1's action runs fastest. Its title is the
 * game's name, its comment the description; names of players are not kept. Decimals and fractions stay exact. Throws
 * `bad-file` with the line.
 */
export function readNfg(source: string, file: string, name: string): AnyGame {
  const reader = readerOf(tokensOf(source, file), file);
  const word = (text: RegExp, expected: string): void => {
    const found = reader.next();
    if (!text.test(found.text)) throw reader.refuse(found, expected);
  };
  word(/^NFG$/, 'NFG, the first word of a strategic game');
  word(/^1$/, 'version 1');
  word(/^[RD]$/, 'R or D after the version');
  const title = reader.take('text', 'the title in quotes').text.replace(/\s+/g, ' ').trim();
  const open = reader.take('{', '{ and the names of the players in quotes');
  const players = readTexts(reader, 'names of players');
  if (players.length < 2) throw reader.refuse(open, 'at least 2', `a game of ${counted(players.length, 'player')}`);
  const labels = readActions(reader, players);
  const size = labels.map(({ length }) => length);
  const comment = reader.peek().kind === 'text' ? reader.next().text.trim() : '';
  const count = jointActions(size);
  const rows = reader.skip('{') ? readByOutcome(reader, labels, count) : readPayoffs(reader, labels, count);
  const rest = reader.next();
  if (rest.kind !== 'end') throw reader.refuse(rest, `the end of the file after ${counted(count, 'joint action')}`);
  const order = firstPlayerFastest(size);
  const payoffs = size.map((_, player) => {
    const texts = new Array<string>(count);
    for (let k = 0; k < count; k++) texts[order[k]] = rows[k][player];
    return payoffsOfTexts(texts);
  });
  try {
    const description = comment === '' ? {} : { description: comment };
    return gameOfPayoffs(payoffs, size, { name: title === '' ? name : title, labels, ...description });
  } catch (error) {
    throw within(file, error);
  }
}
