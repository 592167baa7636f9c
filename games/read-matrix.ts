import { type CsvError, parse } from 'csv-parse/sync';
import { NashlabError } from '../src/core/errors.ts';
import type { MatrixGame } from '../src/solve/game.ts';
import { negatedText, numberOfText, readEntries, turnedTexts } from './fraction.ts';
import { isNumbering, matrixLayout } from './matrix-layout.ts';
import { preferenceGame } from './preference.ts';
import { zeroSumGame } from './zero-sum.ts';

interface Line {
  readonly number: number;
  readonly cells: readonly string[];
}

function linesOf(text: string, file: string, delimiter: string): Line[] {
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    return records.map(({ record, info }) => ({ number: info.lines, cells: record }));
  } catch (error) {
    const { code, lines, message } = error as CsvError & { lines?: number };
    const ragged = code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH';
    throw new NashlabError('bad-file', {
      what: ragged ? 'a row with another number of cells than the first' : message,
      where: lines === undefined ? file : `${file}:${lines}`,
      expected: 'rows of equal length (a header over a label column needs a corner cell, which may be empty)',
      cause: error,
    });
  }
}

function numbersOf(lines: readonly Line[], firstColumn: number, file: string): string[][] {
  return lines.map(({ number, cells }) =>
    cells.slice(firstColumn).map((cell, j) => {
      if (numberOfText(cell) === undefined)
        throw new NashlabError('bad-file', {
          what: cell === '' ? 'an empty cell' : `cell "${cell}" is not a finite number`,
          where: `${file}:${number}, column ${firstColumn + j + 1}`,
          expected: cell.endsWith('%')
            ? 'a probability such as 0.4, not a percentage'
            : 'a number such as 0.4 or 2/5 (a file of comparisons has a column "winner")',
        });
      return cell;
    }),
  );
}

/** A place in the matrix as a place in the file: `matrix[1][0]` → `games.csv:3 (matrix[1][0])`. */
function placed(error: unknown, lines: readonly Line[], file: string, hints: readonly string[]): unknown {
  if (!(error instanceof NashlabError)) return error;
  const { where = '', expected } = error.parts;
  const row = /matrix\[(\d+)\]/.exec(where)?.[1];
  const line = row === undefined ? '' : `:${lines[Number(row)].number}`;
  return new NashlabError(error.code, {
    ...error.parts,
    where: `${file}${line}${where === '' ? '' : ` (${where})`}`,
    expected: [expected, ...hints].join('; '),
    cause: error,
  });
}

/**
 * Reads a matrix from CSV or TSV. A square matrix is a preference matrix and must satisfy P + Pᵀ = 1; a rectangular one is
 * the row player's payoffs of a zero-sum game. The first row may be a header, the first column labels (see `matrixLayout`);
 * numbers taken as labels without an empty corner are told to `report`. Cells are numbers or `p/q`. Throws `bad-file` and
 * `bad-game` with file and line.
 */
export function readMatrixGame(
  text: string,
  file: string,
  name: string,
  delimiter = ',',
  report: (line: string) => void = () => {},
): MatrixGame {
  const all = linesOf(text, file, delimiter);
  if (all.length === 0)
    throw new NashlabError('bad-file', { what: 'an empty file', where: file, expected: 'a matrix, one row per line' });
  const [first] = all;
  const { header, labels: hasLabels, guess } = matrixLayout(all.map(({ cells }) => cells));
  const lines = header ? all.slice(1) : all;
  if (lines.length === 0)
    throw new NashlabError('bad-file', {
      what: 'a header without rows',
      where: `${file}:1`,
      expected: 'a matrix, one row per line',
    });
  const start = hasLabels ? 1 : 0;
  const { rows, texts } = readEntries(
    numbersOf(lines, start, file).map((row) => row.map((cell) => (cell.includes('/') ? cell : Number(cell)))),
    'matrix',
  );
  const columnLabels = header ? first.cells.slice(start) : undefined;
  const rowLabels = hasLabels ? lines.map(({ cells }) => cells[0]) : undefined;
  const square = rows.length === rows[0].length;
  if (guess !== undefined) report(`${file}: ${guess}`);
  try {
    if (!square) {
      const numbered = (count: number) => Array.from({ length: count }, (_, k) => String(k + 1));
      const labels = [rowLabels ?? numbered(rows.length), columnLabels ?? numbered(rows[0].length)];
      return zeroSumGame(rows, {
        name,
        labels,
        ...(texts ? { entries: [texts, turnedTexts(texts, negatedText)] } : {}),
      });
    }
    const named = [columnLabels, rowLabels].filter((list) => list !== undefined);
    const [labels, others] = named.filter((list) => !isNumbering(list)).concat(named.filter(isNumbering));
    const clash =
      others === undefined || isNumbering(others) ? -1 : labels.findIndex((label, k) => others[k] !== label);
    if (clash >= 0)
      throw new NashlabError('bad-game', {
        what: `row label "${others[clash]}" under the header "${labels[clash]}"`,
        where: `matrix[${clash}]`,
        expected: 'rows and columns in the same order',
      });
    return preferenceGame(rows, { name, ...(labels ? { labels } : {}), ...(texts ? { entries: [texts] } : {}) });
  } catch (error) {
    throw placed(error, lines, file, [
      ...(guess === undefined ? [] : [guess]),
      ...(square
        ? ['a square CSV is read as a preference matrix (give a payoff matrix as JSON of kind "zero-sum")']
        : []),
    ]);
  }
}
