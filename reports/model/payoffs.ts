import type { GameFacts } from './game.ts';

/** A payoff matrix with rows and columns in the order of the answer. */
export interface PayoffMatrix {
  /** What an entry is. */
  readonly meaning: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (readonly number[])[];
  /** The colour scale runs from `centre − reach` to `centre + reach`. */
  readonly centre: number;
  readonly reach: number;
  readonly allRows: number;
  readonly allColumns: number;
}

/** Rows and columns shown at most. */
export const shownMatrixActions = 60;

function meanings(game: GameFacts): string[] {
  if (game.kind === 'preference') return ['probability that the row is preferred to the column'];
  if (game.kind === 'zero-sum') return ['payoff to the row player'];
  return ['payoff to the row player', 'payoff to the column player'];
}

function centreAndReach(game: GameFacts, values: readonly number[]): { centre: number; reach: number } {
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const centre = game.kind === 'preference' ? 0.5 : (low + high) / 2;
  const reach = Math.max(high - centre, centre - low);
  return { centre, reach: reach > 0 ? reach : game.kind === 'preference' ? 0.5 : Math.max(Math.abs(centre), 1) };
}

/** One matrix, two for a bimatrix game, none where no matrix is stored; `order` holds the actions of each role in the order of the answer. */
export function payoffMatrices(game: GameFacts, order: readonly (readonly number[])[]): PayoffMatrix[] {
  if (game.payoffs.length === 0) return [];
  const [allRows, allColumns] = [order[0], order[1] ?? order[0]];
  const rows = allRows.slice(0, shownMatrixActions);
  const columns = allColumns.slice(0, shownMatrixActions);
  const columnLabels = game.labels[1] ?? game.labels[0];
  return meanings(game).map((meaning, matrix) => {
    const values = rows.map((row) => columns.map((column) => game.payoffs[matrix][row][column]));
    return {
      meaning,
      rows: rows.map((row) => game.labels[0][row]),
      columns: columns.map((column) => columnLabels[column]),
      values,
      ...centreAndReach(game, values.flat()),
      allRows: allRows.length,
      allColumns: allColumns.length,
    };
  });
}
