import type { Highs } from 'highs';
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
  const model = highs.createModel({
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
  });
  try {
    model.options.set({
      output_flag: false,
      solver: method,
      primal_feasibility_tolerance: 1e-10,
      dual_feasibility_tolerance: 1e-10,
      small_matrix_value: 1e-12,
    });
    model.run();
    const status = model.getModelStatus();
    if (status !== highs.constants.modelStatus.optimal)
      throw new NashlabError('not-applicable', {
        what: `the linear program of a ${rows} × ${columns} game ended with status ${status}`,
        expected: 'an optimal solution; please report this game',
      });
    const solution = model.getSolution();
    return {
      row: policyFrom(Float64Array.from(solution.colValue).subarray(0, rows)),
      column: policyFrom(Float64Array.from(solution.rowDual, Math.abs).subarray(0, columns)),
    };
  } finally {
    model.dispose();
  }
}
