import { extname } from 'node:path';
import { NashlabError } from '../../src/core/errors.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import type { FlatPayoffs } from '../players/payoff-tensor.ts';
import { gameDocument } from '../write-json.ts';
import { firstPlayerFastest } from './payoff-order.ts';
import { payoffsOfGame } from './payoffs-of-game.ts';

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function entry({ values, texts }: FlatPayoffs, index: number): string {
  return texts?.[index] ?? String(values[index]);
}

/** The game as Gambit's payoff version, entries as the source wrote them: `readNfg` gives the same game back. */
export function nfgText(game: AnyGame): string {
  const { size, labels, payoffs } = payoffsOfGame(game);
  const players = size.map((_, player) => quoted(`Player ${player + 1}`)).join(' ');
  const actions = labels.map((list) => `{ ${list.map(quoted).join(' ')} }`).join('\n');
  const lines = Array.from(firstPlayerFastest(size), (index) => payoffs.map((flat) => entry(flat, index)).join(' '));
  const head = `NFG 1 R ${quoted(game.name)} { ${players} }\n\n{ ${actions}\n}\n${quoted(game.description ?? '')}\n`;
  return `${head}\n${lines.join('\n')}\n`;
}

/** The game as GameTracer reads it: decimals, without labels. */
export function gamText(game: AnyGame): string {
  const { size, payoffs } = payoffsOfGame(game);
  const order = firstPlayerFastest(size);
  const blocks = payoffs.map(({ values }) => Array.from(order, (index) => values[index]).join(' '));
  return `${size.length}\n${size.join(' ')}\n\n${blocks.join('\n')}\n`;
}

const writers: Readonly<Record<string, (game: AnyGame) => string>> = {
  '.nfg': nfgText,
  '.gam': gamText,
  '.json': (game) => `${JSON.stringify(gameDocument(game))}\n`,
};

/** The text of a game for a file of this name. Throws `bad-option` for another ending, `not-applicable` where a format cannot hold it. */
export function gameText(game: AnyGame, path: string): string {
  const write = writers[extname(path).toLowerCase()];
  if (write === undefined)
    throw new NashlabError('bad-option', {
      what: `no format for "${path}"`,
      expected: `a name that ends in ${Object.keys(writers).join(', ')}`,
    });
  return write(game);
}
