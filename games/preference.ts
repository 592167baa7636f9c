import { NashlabError } from '../src/core/errors.ts';
import type { MatrixGame } from '../src/solve/game.ts';
import { matrixGame } from './matrix-game.ts';
import { type Entries, matrixFromRows } from './rows.ts';

export interface PreferenceOptions {
  readonly name?: string;
  readonly labels?: readonly string[];
  readonly description?: string;
  readonly entries?: MatrixGame['entries'];
}

/** Allowed deviation of P + Pᵀ from 1, as `interfaces.md` promises. */
const tolerance = 1e-9;

/** Allowed deviation of percentages from 100: they are often rounded. */
const percentTolerance = 1;

function likelyCause(rows: Entries): string {
  const flat = rows.flat();
  const largest = flat.reduce((top, value) => Math.max(top, value));
  const smallest = flat.reduce((bottom, value) => Math.min(bottom, value));
  const pairsAddTo = (total: number, within: number): boolean =>
    rows.every((row, i) => row.every((value, j) => i === j || Math.abs(value + rows[j][i] - total) <= within));
  if (smallest < 0 && smallest >= -1 && pairsAddTo(0, tolerance))
    return 'these look like margins (M + Mᵀ = 0): use P = (1 + M)/2';
  if (smallest < 0 || largest > 1) {
    if (rows.length > 1 && smallest >= 0 && pairsAddTo(100, percentTolerance))
      return 'these look like percentages: divide by 100';
    if (smallest >= 0 && flat.every(Number.isInteger)) return 'these look like counts: divide wins by comparisons';
    return 'a payoff matrix? give it as JSON with kind "zero-sum"';
  }
  if (rows.every((row, i) => row[i] === 0)) return 'the diagonal is 0: an action against itself counts ½';
  return 'P[a][b] is the probability that a is preferred to b';
}

/**
 * The symmetric two-player game of a preference matrix P, P[a][b] = P(a ≻ b). Throws `bad-game` naming the entry when a
 * value leaves [0, 1] or P + Pᵀ = 1 fails by more than 1e-9; nothing is repaired.
 */
export function preferenceGame(rows: Entries, options: PreferenceOptions = {}): MatrixGame {
  const { name = 'preference', labels, description, entries } = options;
  const matrix = matrixFromRows(rows, 'matrix');
  if (matrix.rows !== matrix.columns)
    throw new NashlabError('bad-game', {
      what: `a preference matrix of ${matrix.rows} × ${matrix.columns} entries`,
      where: 'matrix',
      expected: 'a square matrix (a rectangular payoff matrix is of kind "zero-sum")',
    });
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      if (value < 0 || value > 1)
        throw new NashlabError('bad-game', {
          what: `preference ${value}`,
          where: `matrix[${i}][${j}]`,
          expected: `a probability in [0, 1]; ${likelyCause(rows)}`,
        });
      const total = value + rows[j][i];
      if (Math.abs(total - 1) > tolerance)
        throw new NashlabError('bad-game', {
          what: `P[${i}][${j}] + P[${j}][${i}] = ${total}`,
          where: i === j ? `matrix[${i}][${i}]` : `matrix[${i}][${j}] and matrix[${j}][${i}]`,
          expected: `P + Pᵀ = 1 within ${tolerance}; ${likelyCause(rows)}`,
        });
    });
  });
  return matrixGame({
    name,
    kind: 'preference',
    matrices: [matrix],
    sum: 'constant',
    ...(labels === undefined ? {} : { labels: [labels] }),
    ...(description === undefined ? {} : { description }),
    ...(entries === undefined ? {} : { entries }),
  });
}
