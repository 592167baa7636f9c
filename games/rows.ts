import { NashlabError } from '../src/core/errors.ts';
import type { Matrix } from '../src/solve/game.ts';
import { counted } from './counted.ts';

/** A matrix as rows of numbers. */
export type Entries = readonly (readonly number[])[];

/** Packs rows into a matrix. Throws `bad-game` naming a ragged row or an entry that is not finite. */
export function matrixFromRows(rows: Entries, where: string): Matrix {
  const columns = rows[0]?.length ?? 0;
  if (columns === 0)
    throw new NashlabError('bad-game', { what: 'an empty matrix', where, expected: 'at least one row and one column' });
  const values = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    if (row.length !== columns)
      throw new NashlabError('bad-game', {
        what: `a row of ${counted(row.length, 'entry', 'entries')}`,
        where: `${where}[${i}]`,
        expected: `${counted(columns, 'entry', 'entries')}, as in the first row`,
      });
    row.forEach((value, j) => {
      if (!Number.isFinite(value))
        throw new NashlabError('bad-game', {
          what: `entry ${value}`,
          where: `${where}[${i}][${j}]`,
          expected: 'a finite number',
        });
      values[i * columns + j] = value + 0; // −0 becomes 0, as JSON writes it
    });
  });
  return { rows: rows.length, columns, values };
}

/** The matrix as rows of numbers. */
export function rowsOf(matrix: Matrix): number[][] {
  return Array.from({ length: matrix.rows }, (_, i) =>
    Array.from(matrix.values.subarray(i * matrix.columns, (i + 1) * matrix.columns)),
  );
}

/** Transpose, scaled by `factor`. */
export function transposed(matrix: Matrix, factor = 1): Matrix {
  const values = new Float64Array(matrix.values.length);
  for (let i = 0; i < matrix.rows; i++)
    for (let j = 0; j < matrix.columns; j++)
      values[j * matrix.rows + i] = factor * matrix.values[i * matrix.columns + j] + 0;
  return { rows: matrix.columns, columns: matrix.rows, values };
}
