import type { Game, Matrix } from './game.ts';

/** Largest minus smallest entry. */
export function spanOf(values: Float64Array): number {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high - low;
}

/** Places two-player matrices, one per role: the payoff vector of role r is `matrices[r] · (opponent's policy)`. */
export function placeMatrices(matrices: readonly Matrix[], roleOf: readonly number[], draws: number): Game['place'] {
  return (ops) => {
    const tensors = matrices.map((matrix) => ops.tensor(matrix.values, [draws, matrix.rows, matrix.columns]));
    return { tensors, payoffs: (seat, policies) => ops.matVec(tensors[roleOf[seat]], policies[1 - seat]) };
  };
}
