import { NashlabError } from '../core/errors.ts';
import { bestResponses, doubleOracle, pureMember } from '../solve/double-oracle.ts';
import { type Game, type Matrix, type MatrixGame, requireMatrices } from '../solve/game.ts';
import { matrixGameOf } from '../solve/matrix-game.ts';
import { spanOf } from '../solve/place-matrices.ts';
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

/** The matrix scaled to [0, 1], as a function of the indices. */
function scaledEntry({ columns, values }: Matrix): (row: number, column: number) => number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const scale = high > low ? 1 / (high - low) : 0;
  return (row, column) => (values[row * columns + column] - low) * scale;
}

/** max_i (Ay)_i − min_j (xᵀA)_j. */
function gapOf(
  entry: (row: number, column: number) => number,
  rows: number,
  columns: number,
  solution: MatrixSolution,
): number {
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
  return Math.max(...rowPayoffs) - Math.min(...columnLosses);
}

/** One program for the whole matrix; above 300 actions the interior point method with crossover is faster. */
function solveWhole(matrix: Matrix): Promise<MatrixSolution> {
  const { rows, columns } = matrix;
  return solveMatrixProgram(scaledEntry(matrix), rows, columns, Math.max(rows, columns) > 300 ? 'ipm' : 'simplex');
}

/** The zero-sum game of a row player's matrix. */
function zeroSumOf({ rows, columns, values }: Matrix): MatrixGame {
  const turned = Float64Array.from(values, (_, k) => -values[(k % rows) * columns + Math.floor(k / rows)]);
  return matrixGameOf({
    name: `a ${rows} × ${columns} game`,
    kind: 'zero-sum',
    labels: [rows, columns].map((count) => Array.from({ length: count }, (_, action) => String(action + 1))),
    matrices: [
      { rows, columns, values },
      { rows: columns, columns: rows, values: turned },
    ],
    sum: 'constant',
  });
}

/**
 * Double oracle with several best responses at once. Ends early (undefined) once half of the actions of a player are
 * members, where one large program is cheaper.
 */
async function byDoubleOracle(game: MatrixGame): Promise<MatrixSolution | undefined> {
  const span = game.payoffSpan;
  const { policies, ended } = await doubleOracle(game, {
    first: game.actions.map((_, role) => [pureMember(game, role, 0)]),
    async meta(restricted) {
      const { row, column } = await solveWhole(requireMatrices(restricted, 'the linear program').matrices[0]);
      return game.actions.length === 1 ? [row] : [row, column];
    },
    respond: (facing) => bestResponses(game, facing, Math.max(10, Math.ceil(facing.members / 8)), 1e-13 * span),
    tolerance: 1e-12 * span,
    enough: (members) => members.some((count, role) => count >= game.actions[role] / 2),
  });
  return ended === 'enough' ? undefined : { row: policies[0], column: policies[policies.length - 1] };
}

/** Throws `not-applicable` for a general-sum game, which no linear program solves. */
export function requireConstantSum(game: Pick<Game, 'name' | 'sum'>): void {
  if (game.sum === 'constant') return;
  throw new NashlabError('not-applicable', {
    what: `the linear program of "${game.name}", a general-sum game`,
    expected: 'a constant-sum game, or a temperature above 0 (the quantal response equilibrium)',
  });
}

/** @param game whose first role has the matrix. */
async function minimaxIn(matrix: Matrix, game: () => MatrixGame): Promise<ZeroSumEquilibrium> {
  const { rows, columns, values } = matrix;
  const entry = scaledEntry(matrix);
  const attempts: [string, () => Promise<MatrixSolution | undefined>][] = [];
  if (Math.max(rows, columns) <= directSize)
    attempts.push(['linear program (simplex)', () => solveMatrixProgram(entry, rows, columns, 'simplex')]);
  else attempts.push(['linear program (double oracle)', () => byDoubleOracle(game())]);
  attempts.push(['linear program (interior point)', () => solveMatrixProgram(entry, rows, columns, 'ipm')]);

  let best: { solution: MatrixSolution; gap: number; method: string } | undefined;
  for (const [method, attempt] of attempts) {
    const solution = await attempt();
    if (solution === undefined) continue;
    const gap = gapOf(entry, rows, columns, solution);
    if (best === undefined || gap < best.gap) best = { solution, gap, method };
    if (gap <= 1e-11) break;
  }
  const { solution, gap, method } = best as NonNullable<typeof best>;
  let value = 0;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) value += solution.row[i] * values[i * columns + j] * solution.column[j];
  return { ...solution, value, gap: Math.max(0, gap) * spanOf(values), method };
}

/**
 * max_x min_y xᵀAy by linear programming: simplex up to 150 actions, then double oracle, then one interior-point solve with
 * crossover where the solution mixes too many actions for that.
 * @param matrix A, the row player's payoffs.
 */
export function minimaxOf(matrix: Matrix): Promise<ZeroSumEquilibrium> {
  return minimaxIn(matrix, () => zeroSumOf(matrix));
}

/**
 * A Nash equilibrium of a two-player constant-sum game by linear programming.
 * @throws `not-applicable` for a general-sum game, or one without a matrix.
 */
export async function zeroSumEquilibrium(given: Game): Promise<ZeroSumEquilibrium> {
  requireConstantSum(given);
  const game = requireMatrices(given, 'the linear program');
  return minimaxIn(game.matrices[0], () => game);
}
