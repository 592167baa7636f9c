import { NashlabError } from '../../src/core/errors.ts';
import { bimatrixGame } from '../bimatrix.ts';
import { counted } from '../counted.ts';
import { turnedTexts } from '../fraction.ts';
import type { ReadDocument } from '../game-document.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import { type NormalFormOptions, normalFormOf } from './normal-form.ts';
import { type FlatPayoffs, flatPayoffs, nestedPayoffs } from './payoff-tensor.ts';

type NormalFormDocument = Extract<ReadDocument, { readonly kind: 'normal-form' }>;

/** Payoffs of two players as the rows that `bimatrixGame` takes. */
function rowsOf({ values }: FlatPayoffs, size: readonly number[]): number[][] {
  return nestedPayoffs({ values }, size) as number[][];
}

function textsOf(payoffs: FlatPayoffs, size: readonly number[]): string[][] {
  return (nestedPayoffs(payoffs, size) as (number | string)[][]).map((row) => row.map(String));
}

/** The game of these payoffs: a bimatrix game where two players have roles of their own, else in normal form. */
export function gameOfPayoffs(
  payoffs: readonly FlatPayoffs[],
  size: readonly number[],
  options: NormalFormOptions = {},
): AnyGame {
  if (size.length !== 2 || options.symmetric === true) return normalFormOf(payoffs, size, options);
  const [row, column] = payoffs;
  const { symmetric: _, ...names } = options;
  const exact = row.texts !== undefined || column.texts !== undefined;
  const entries = exact ? { entries: [textsOf(row, size), turnedTexts(textsOf(column, size))] } : {};
  return bimatrixGame(rowsOf(row, size), rowsOf(column, size), { ...names, ...entries });
}

/** The game of a document. Throws `bad-game` naming the field, the player or the entry. */
export function normalFormOfDocument(document: NormalFormDocument, names: NormalFormOptions): AnyGame {
  const { players, actions, labels, symmetric = false, payoffs } = document;
  const perPlayer = (what: string, where: string, expected: string): NashlabError =>
    new NashlabError('bad-game', { what, where, expected });
  if (players < 2) throw perPlayer(counted(players, 'player'), 'players', 'at least 2');
  if (actions.length !== players)
    throw perPlayer(counted(actions.length, 'number', 'numbers'), 'actions', `${players}, the actions of each player`);
  if (payoffs.length !== players)
    throw perPlayer(
      `payoffs of ${counted(payoffs.length, 'player')}`,
      'payoffs',
      `${players} tensors, payoffs[player][a0][a1]…`,
    );
  const flat = payoffs.map((tensor, player) => flatPayoffs(tensor, actions, `payoffs[${player}]`));
  const lists = labels === undefined ? undefined : typeof labels[0] === 'string' ? [labels] : labels;
  return gameOfPayoffs(flat, actions, {
    ...names,
    symmetric,
    ...(lists === undefined ? {} : { labels: lists as string[][] }),
  });
}
