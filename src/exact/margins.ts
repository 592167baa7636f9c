import { NashlabError } from '../core/errors.ts';
import { type Game, requireMatrices } from '../solve/game.ts';

/** How far each action is ahead of each other: M[a][b] = −M[b][a], exactly. */
export interface Margins {
  readonly size: number;
  /** `[n·n]`, row-major. */
  readonly values: Float64Array;
}

/**
 * Margins of a game in which both players choose among the same actions: P(a ≻ b) − P(b ≻ a) of a preference game, the
 * payoffs of a zero-sum game with A = −Aᵀ; undefined for other games.
 * @throws `not-applicable` for a game without a matrix, or of several draws.
 */
export function marginsOf(given: Game, what: string): Margins | undefined {
  const game = requireMatrices(given, what);
  if (game.draws !== 1)
    throw new NashlabError('not-applicable', {
      what: `${what} of ${game.draws} stacked draws of "${game.name}"`,
      expected: 'one draw at a time',
    });
  const { rows: size, columns, values } = game.matrices[0];
  const mirrored = (k: number): number => values[(k % size) * size + Math.floor(k / size)];
  if (game.kind === 'preference') return { size, values: values.map((p, k) => p - mirrored(k)) };
  const zero = game.sum === 'constant' && size === columns && values.every((value, k) => value === -mirrored(k));
  return zero ? { size, values: values.slice() } : undefined;
}
