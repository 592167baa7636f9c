import { NashlabError } from '../core/errors.ts';
import { type Game, type MatrixGame, requireMatrices } from '../solve/game.ts';
import { type MatrixSolution, solveMatrixProgram } from './linear-program.ts';

/** A Nash equilibrium of a two-player constant-sum matrix game. */
export interface ZeroSumEquilibrium extends MatrixSolution {
  /** Expected payoff of the row player. */
  readonly value: number;
  /** max_i (Ay)_i − min_j (xᵀA)_j in payoff units, measured on the returned policies. */
  readonly gap: number;
  readonly method: string;
}

/** Up to this size one simplex solve is fastest; above, double oracle and then interior point. */
const directSize = 150;

/** Row player's matrix scaled to [0, 1], as a function of the indices. */
function scaledEntry(game: MatrixGame): (row: number, column: number) => number {
  const { columns, values } = game.matrices[0];
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = high > low ? 1 / (high - low) : 0;
  return (row, column) => (values[row * columns + column] - low) * scale;
}

interface Responses {
  readonly rowPayoffs: Float64Array;
  readonly columnLosses: Float64Array;
  readonly gap: number;
}

function respond(
  entry: (row: number, column: number) => number,
  rows: number,
  columns: number,
  solution: MatrixSolution,
): Responses {
  const rowPayoffs = new Float64Array(rows);
  const columnLosses = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const x = solution.row[i];
    let total = 0;
    for (let j = 0; j < columns; j++) {
      const a = entry(i, j);
      total += a * solution.column[j];
      columnLosses[j] += x * a;
    }
    rowPayoffs[i] = total;
  }
  return { rowPayoffs, columnLosses, gap: Math.max(...rowPayoffs) - Math.min(...columnLosses) };
}

/** Indices of the `count` largest scores above `threshold` that are not yet in the set. */
function bestOutside(scores: Float64Array, inside: ReadonlySet<number>, threshold: number, count: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < scores.length; i++) if (scores[i] > threshold && !inside.has(i)) found.push(i);
  return found.sort((a, b) => scores[b] - scores[a]).slice(0, count);
}

function spread(policy: Float64Array, indices: readonly number[], size: number): Float64Array {
  const full = new Float64Array(size);
  indices.forEach((index, k) => {
    full[index] = policy[k];
  });
  return full;
}

/**
 * Double oracle: solve the game restricted to a few actions, add the best responses of the whole game, repeat. Ends
 * early (undefined) once half of the actions are inside, where one large program is cheaper.
 */
async function doubleOracle(
  entry: (row: number, column: number) => number,
  rows: number,
  columns: number,
): Promise<MatrixSolution | undefined> {
  const inRow = new Set([0]);
  const inColumn = new Set([0]);
  while (inRow.size < rows / 2 && inColumn.size < columns / 2) {
    const rowIndex = [...inRow];
    const columnIndex = [...inColumn];
    const restricted = await solveMatrixProgram(
      (i, j) => entry(rowIndex[i], columnIndex[j]),
      rowIndex.length,
      columnIndex.length,
      Math.max(inRow.size, inColumn.size) > 300 ? 'ipm' : 'simplex',
    );
    const solution = {
      row: spread(restricted.row, rowIndex, rows),
      column: spread(restricted.column, columnIndex, columns),
    };
    const { rowPayoffs, columnLosses, gap } = respond(entry, rows, columns, solution);
    if (gap <= 1e-12) return solution;
    const batch = Math.max(10, Math.ceil(inRow.size / 8));
    const value = rowIndex.reduce((sum, i) => sum + solution.row[i] * rowPayoffs[i], 0);
    const moreRows = bestOutside(rowPayoffs, inRow, value + 1e-13, batch);
    const moreColumns = bestOutside(
      columnLosses.map((loss) => -loss),
      inColumn,
      -value + 1e-13,
      batch,
    );
    if (moreRows.length + moreColumns.length === 0) return solution;
    for (const i of moreRows) inRow.add(i);
    for (const j of moreColumns) inColumn.add(j);
  }
  return undefined;
}

/** Throws `not-applicable` for a general-sum game, which no linear program solves. */
export function requireConstantSum(game: Pick<Game, 'name' | 'sum'>): void {
  if (game.sum === 'constant') return;
  throw new NashlabError('not-applicable', {
    what: `the linear program of "${game.name}", a general-sum game`,
    expected: 'a constant-sum game, or a temperature above 0 (the quantal response equilibrium)',
  });
}

/**
 * A Nash equilibrium of a two-player constant-sum game by linear programming: simplex up to 150 actions, then double
 * oracle, then one interior-point solve with crossover where the equilibrium mixes too many actions for that.
 * @throws `not-applicable` for a general-sum game, or one without a matrix.
 */
export async function zeroSumEquilibrium(given: Game): Promise<ZeroSumEquilibrium> {
  requireConstantSum(given);
  const game = requireMatrices(given, 'the linear program');
  const { rows, columns, values } = game.matrices[0];
  const entry = scaledEntry(game);
  const attempts: [string, () => Promise<MatrixSolution | undefined>][] = [];
  if (Math.max(rows, columns) <= directSize)
    attempts.push(['linear program (simplex)', () => solveMatrixProgram(entry, rows, columns, 'simplex')]);
  else attempts.push(['linear program (double oracle)', () => doubleOracle(entry, rows, columns)]);
  attempts.push(['linear program (interior point)', () => solveMatrixProgram(entry, rows, columns, 'ipm')]);

  let best: { solution: MatrixSolution; gap: number; method: string } | undefined;
  for (const [method, attempt] of attempts) {
    const solution = await attempt();
    if (solution === undefined) continue;
    const { gap } = respond(entry, rows, columns, solution);
    if (best === undefined || gap < best.gap) best = { solution, gap, method };
    if (gap <= 1e-11) break;
  }
  const { solution, gap, method } = best as NonNullable<typeof best>;
  let value = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) value += solution.row[i] * values[i * columns + j] * solution.column[j];
  return { ...solution, value, gap: Math.max(0, gap) * game.payoffSpan, method };
}
