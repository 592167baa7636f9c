import type { MatrixGame } from '../src/solve/game.ts';
import { matrixGame } from './matrix-game.ts';
import { type Entries, matrixFromRows, transposed } from './rows.ts';

export interface TwoRoleOptions {
  readonly name?: string;
  readonly labels?: readonly (readonly string[])[];
  readonly description?: string;
  readonly entries?: MatrixGame['entries'];
}

/** The zero-sum game in which the row player receives `rows[i][j]` and the column player the negative; may be rectangular. */
export function zeroSumGame(rows: Entries, options: TwoRoleOptions = {}): MatrixGame {
  const matrix = matrixFromRows(rows, 'matrix');
  const matrices = [matrix, transposed(matrix, -1)];
  return matrixGame({ name: 'zero-sum', ...options, kind: 'zero-sum', matrices, sum: 'constant' });
}
