import type { MatrixGame } from '../solve/game.ts';
import type { Linearisation } from './linearisation.ts';

/** Beyond this many spans from 0 a constant is taken out of the payoffs: it changes no equilibrium, and costs digits. */
const farOut = 8;

function centred(values: Float64Array): Float64Array {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  if (Math.max(Math.abs(low), Math.abs(high)) <= farOut * (high - low)) return values;
  return values.map((value) => value - low);
}

/** A two-player game given by matrices: they are the derivatives of its payoffs. The other player of a single role is it again. */
export function matrixLinearisation({ matrices: given }: MatrixGame): Linearisation {
  const matrices = given.map((matrix) => ({ ...matrix, values: centred(matrix.values) }));
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
