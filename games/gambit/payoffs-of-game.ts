import { NashlabError } from '../../src/core/errors.ts';
import { isMatrixGame, type Matrix, type MatrixGame } from '../../src/solve/game.ts';
import type { AnyGame } from '../operators/operator-game.ts';
import { isNormalForm } from '../players/normal-form.ts';
import type { FlatPayoffs } from '../players/payoff-tensor.ts';
import { transposed } from '../rows.ts';

/** Every seat's payoffs at every joint action, the last player's action fastest. */
export interface WrittenOut {
  readonly size: readonly number[];
  readonly labels: readonly (readonly string[])[];
  readonly payoffs: readonly FlatPayoffs[];
}

function flatOf({ values }: Matrix, texts: readonly string[] | undefined): FlatPayoffs {
  return texts === undefined ? { values } : { values, texts };
}

/** The column player's payoffs stand `[column][row]` in its matrix. */
function writtenMatrices(game: MatrixGame): WrittenOut {
  const { matrices, entries, roleOf, labels } = game;
  const [, second] = roleOf;
  const column = matrices[second];
  const turned = entries?.[second];
  const texts = turned?.[0].flatMap((_, row) => turned.map((line) => line[row]));
  return {
    size: [matrices[0].rows, column.rows],
    labels: roleOf.map((role) => labels[role]),
    payoffs: [flatOf(matrices[0], entries?.[0].flat()), flatOf(transposed(column), texts)],
  };
}

/** Throws `not-applicable` for a game that is not given by the payoffs of its joint actions. */
export function payoffsOfGame(game: AnyGame): WrittenOut {
  if (isNormalForm(game))
    return { size: game.size, labels: game.roleOf.map((role) => game.labels[role]), payoffs: game.payoffs };
  if (isMatrixGame(game) && game.draws === 1) return writtenMatrices(game);
  throw new NashlabError('not-applicable', {
    what: `the payoffs of every joint action of "${game.name}", which is not given by them`,
    expected: 'a game with its matrix or matrices, or in normal form; every game is written as .json',
  });
}
