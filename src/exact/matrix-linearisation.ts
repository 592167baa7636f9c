import type { MatrixGame } from '../solve/game.ts';
import type { Linearisation } from './linearisation.ts';

/** A two-player game given by matrices: they are the derivatives of its payoffs. The other player of a single role is it again. */
export function matrixLinearisation({ matrices }: MatrixGame): Linearisation {
  const opponent = (role: number): number => matrices.length - 1 - role;
  const jacobian = matrices.map(({ values }, role) =>
    matrices.map((_, other) => (other === opponent(role) ? values : undefined)),
  );
  return {
    payoffs: (log) =>
      matrices.map(({ rows, columns, values }, role) => {
        const policy = log[opponent(role)].map(Math.exp);
        const result = new Float64Array(rows);
        for (let i = 0; i < rows; i++) {
          let total = 0;
          for (let j = 0; j < columns; j++) total += values[i * columns + j] * policy[j];
          result[i] = total;
        }
        return result;
      }),
    jacobian: () => jacobian,
    release: () => undefined,
  };
}
