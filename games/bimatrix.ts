import { NashlabError } from '../src/core/errors.ts';
import type { MatrixGame } from '../src/solve/game.ts';
import { sumTolerance } from './constant-sum.ts';
import { matrixGame } from './matrix-game.ts';
import { type Entries, matrixFromRows, transposed } from './rows.ts';
import type { TwoRoleOptions } from './zero-sum.ts';

/** The game in which row receives A[i][j] and column B[i][j]. Recognised as constant-sum when A + B is constant. */
export function bimatrixGame(row: Entries, column: Entries, options: TwoRoleOptions = {}): MatrixGame {
  const a = matrixFromRows(row, 'payoffs[0]');
  const b = matrixFromRows(column, 'payoffs[1]');
  if (a.rows !== b.rows || a.columns !== b.columns)
    throw new NashlabError('bad-game', {
      what: `payoffs of ${a.rows} × ${a.columns} and ${b.rows} × ${b.columns}`,
      where: 'payoffs',
      expected: 'two matrices of the same shape, [row][column] each',
    });
  const total = a.values[0] + b.values[0];
  const small = sumTolerance([a.values, b.values], 2);
  const constant = a.values.every((value, k) => Math.abs(value + b.values[k] - total) <= small);
  const matrices = [a, transposed(b)];
  return matrixGame({
    name: 'bimatrix',
    ...options,
    kind: 'bimatrix',
    matrices,
    sum: constant ? 'constant' : 'general',
  });
}
