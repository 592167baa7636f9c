import { within } from '../../src/core/errors.ts';
import { counted } from '../counted.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import { jointActions } from '../players/payoff-tensor.ts';
import { gameOfPayoffs } from '../players/read-document.ts';
import { firstPlayerFastest, payoffsOfTexts } from './payoff-order.ts';
import { readerOf, tokensOf } from './tokens.ts';

/**
 * Reads a GameTracer game: the number of players, the actions of each, then the payoffs of player 1 at all joint actions,
 * player 1's action fastest, then those of player 2, …. Throws `bad-file` with the line.
 */
export function readGam(source: string, file: string, name: string): AnyGame {
  const reader = readerOf(tokensOf(source, file), file);
  const whole = (expected: string): number => {
    const found = reader.next();
    if (!/^[1-9]\d*$/.test(found.text)) throw reader.refuse(found, expected);
    return Number(found.text);
  };
  const first = reader.peek();
  const players = whole('the number of players');
  if (players < 2) throw reader.refuse(first, 'at least 2', counted(players, 'player'));
  const size = Array.from({ length: players }, (_, player) => whole(`the number of actions of player ${player + 1}`));
  const count = jointActions(size);
  if (reader.left() < players * count)
    throw reader.refuse(
      { kind: 'end', text: '', line: 0 },
      `${players * count}: for each player one for each of ${counted(count, 'joint action')}`,
      `${counted(reader.left(), 'payoff')}`,
    );
  const order = firstPlayerFastest(size);
  const payoffs = size.map((_, player) => {
    const texts: string[] = [];
    for (let k = 0; k < count; k++) {
      const found = reader.next();
      if (found.kind !== 'number')
        throw reader.refuse(found, `payoff ${k + 1} of ${count} of player ${player + 1}: a number`);
      texts[order[k]] = found.text;
    }
    return payoffsOfTexts(texts);
  });
  const rest = reader.next();
  if (rest.kind !== 'end') throw reader.refuse(rest, `the end of the file after ${counted(players * count, 'payoff')}`);
  try {
    return gameOfPayoffs(payoffs, size, { name });
  } catch (error) {
    throw within(file, error);
  }
}
