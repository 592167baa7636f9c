import type { Highs, ModelData } from 'highs';
import { NashlabError } from '../core/errors.ts';

/** Row and column policy of a zero-sum matrix game, with the dual as the column player's policy. */
export interface MatrixSolution {
  /** Probabilities, `[M]` and `[N]`. */
  readonly row: Float64Array;
  readonly column: Float64Array;
}

let loaded: Promise<Highs> | undefined;

function loadHighs(): Promise<Highs> {
  // The package's types describe its CommonJS build; the ES module's default export is the loader itself.
  loaded ??= import('highs').then((module) => (module.default as unknown as () => Promise<Highs>)());
  return loaded;
}

function policyFrom(values: Float64Array): Float64Array {
  const clipped = values.map((value) => Math.max(0, value));
  const total = clipped.reduce((sum, value) => sum + value, 0);
  return clipped.map((value) => value / total);
}

/** An optimal solution of a linear program. */
export interface ProgramSolution {
  /** Values of the variables. */
  readonly primal: Float64Array;
  /** Multipliers of the rows, with the signs of HiGHS. */
  readonly duals: Float64Array;
}

type Method = 'simplex' | 'ipm';

/** One attempt: the solution, or the status with which HiGHS ended. */
function attempt(highs: Highs, data: ModelData, method: Method, scaled: boolean): ProgramSolution | string {
  const model = highs.createModel(data);
  try {
    model.options.set({
      output_flag: false,
      solver: method,
      primal_feasibility_tolerance: 1e-10,
      dual_feasibility_tolerance: 1e-10,
      small_matrix_value: 1e-12,
      ...(scaled ? {} : { simplex_scale_strategy: 0 }),
    });
    model.run();
    const { optimal } = highs.constants.modelStatus;
    if (method === 'ipm' && model.getModelStatus() !== optimal) {
      // Crossover may end short of the tolerances; the simplex method goes on from the basis that it left.
      model.options.set({ solver: 'simplex' });
      model.run();
    }
    const status = model.getModelStatus();
    if (status !== optimal) return String(status);
    const { colValue, rowDual } = model.getSolution();
    return { primal: Float64Array.from(colValue), duals: Float64Array.from(rowDual) };
  } catch (error) {
    // It gives up by throwing where its own numbers run out.
    if (!(error instanceof Error) || error.name !== 'HighsError') throw error;
    return error.message;
  } finally {
    model.dispose();
  }
}

/**
 * Runs a program in HiGHS; where the method fails, without its scaling of rows and columns, and then by the other one.
 * @throws `not-applicable` with HiGHS's status where none ends with an optimal solution.
 */
function runProgram(highs: Highs, data: ModelData, method: Method, what: string): ProgramSolution {
  const other: Method = method === 'simplex' ? 'ipm' : 'simplex';
  const first = attempt(highs, data, method, true);
  if (typeof first !== 'string') return first;
  for (const again of ['simplex', other] as const) {
    const found = attempt(highs, data, again, false);
    if (typeof found !== 'string') return found;
  }
  throw new NashlabError('not-applicable', {
    what: `the linear program of ${what} ended with status ${first}`,
    expected: 'an optimal solution; please report this game',
  });
}

/** A program: maximise costs·x where lower ≤ x ≤ upper and rowLower ≤ M·x ≤ rowUpper; bounds may be infinite. */
export interface LinearProgram {
  readonly costs: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** M by columns: column c holds `values[k]` in row `indices[k]` for k from `starts[c]` to `starts[c + 1]`. */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** An optimal solution by the simplex method. @param what the subject, for the message of a program without one. */
export async function solveProgram(program: LinearProgram, what: string): Promise<ProgramSolution> {
  const highs = await loadHighs();
  const numRows = program.rowLower.length;
  const numCols = program.costs.length;
  const finite = (bounds: Float64Array): Float64Array =>
    bounds.map((bound) => (Number.isFinite(bound) ? bound : Math.sign(bound) * highs.infinity));
  const { costs, lower, upper, rowLower, rowUpper, starts, indices, values } = program;
  const data: ModelData = {
    numCols,
    numRows,
    sense: highs.constants.objectiveSense.maximize,
    offset: 0,
    colCost: costs,
    colLower: finite(lower),
    colUpper: finite(upper),
    rowLower: finite(rowLower),
    rowUpper: finite(rowUpper),
    matrix: { format: 'csc', numRows, numCols, starts, indices, values },
  };
  return runProgram(highs, data, 'simplex', what);
}

/**
 * Solves max_x min_y xᵀAy by one linear program (HiGHS): maximise v subject to Σ_i x_i A_ij ≥ v, Σ x = 1, x ≥ 0.
 * @param entry A_ij, scaled to [0, 1] so that the tolerances of the LP mean the same for every game.
 * @param method `simplex` for small programs; `ipm` (interior point with crossover) where the simplex stalls.
 */
export async function solveMatrixProgram(
  entry: (row: number, column: number) => number,
  rows: number,
  columns: number,
  method: 'simplex' | 'ipm',
): Promise<MatrixSolution> {
  const highs = await loadHighs();
  const starts = new Int32Array(rows + 2);
  const indices = new Int32Array(rows * columns + rows + columns);
  const values = new Float64Array(indices.length);
  let filled = 0;
  const put = (index: number, value: number): void => {
    if (value === 0) return;
    indices[filled] = index;
    values[filled++] = value;
  };
  for (let i = 0; i < rows; i++) {
    starts[i] = filled;
    for (let j = 0; j < columns; j++) put(j, entry(i, j));
    put(columns, 1);
  }
  starts[rows] = filled;
  for (let j = 0; j < columns; j++) put(j, -1);
  starts[rows + 1] = filled;

  const bounds = (length: number, value: number, last: number): Float64Array => {
    const array = new Float64Array(length + 1).fill(value);
    array[length] = last;
    return array;
  };
  const solution = runProgram(
    highs,
    {
      numCols: rows + 1,
      numRows: columns + 1,
      sense: highs.constants.objectiveSense.maximize,
      offset: 0,
      colCost: bounds(rows, 0, 1),
      colLower: bounds(rows, 0, -highs.infinity),
      colUpper: bounds(rows, highs.infinity, highs.infinity),
      rowLower: bounds(columns, 0, 1),
      rowUpper: bounds(columns, highs.infinity, 1),
      matrix: {
        format: 'csc',
        numRows: columns + 1,
        numCols: rows + 1,
        starts,
        indices: indices.subarray(0, filled),
        values: values.subarray(0, filled),
      },
    },
    method,
    `a ${rows} × ${columns} game`,
  );
  return {
    row: policyFrom(solution.primal.subarray(0, rows)),
    column: policyFrom(solution.duals.map(Math.abs).subarray(0, columns)),
  };
}
