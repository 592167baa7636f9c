import { NashlabError } from '../core/errors.ts';
import type { GroupedGame, MatrixGame } from './game.ts';
import { placeMatrices, spanOf } from './place-matrices.ts';

/** What a two-player matrix game is made of; everything else follows from it. */
export interface WholeMatrixGame extends Pick<MatrixGame, 'name' | 'kind' | 'labels' | 'matrices' | 'sum'> {
  /** Games stacked on the run axis; 1 by default. */
  readonly draws?: number;
  readonly description?: string;
  readonly entries?: MatrixGame['entries'];
}

/**
 * The largest span of any player's payoffs. Throws `bad-game` when dividing by it, or by its inverse, would leave the range
 * of numbers.
 */
export function payoffSpanOf(payoffs: readonly Float64Array[], name: string): number {
  const span = Math.max(...payoffs.map(spanOf));
  if (span === 0 || (Number.isFinite(span) && Number.isFinite(1 / span))) return span;
  throw new NashlabError('bad-game', {
    what: `the payoffs of game "${name}" span ${Number.isFinite(span) ? span : `more than ${Number.MAX_VALUE}`}`,
    expected:
      'a span (largest payoff − smallest payoff) of 0, or one that is finite together with 1/span: rescale the payoffs',
  });
}

/** Puts a two-player matrix game together: one role for a preference game (both seats share it), else one role per seat. */
export function matrixGameOf(parts: WholeMatrixGame): MatrixGame {
  const { name, kind, labels, matrices, sum, draws = 1, description, entries } = parts;
  const roleOf = kind === 'preference' ? [0, 0] : [0, 1];
  return {
    name,
    kind,
    labels,
    roleOf,
    actions: matrices.map(({ rows }) => rows),
    draws,
    sum,
    payoffSpan: payoffSpanOf(
      matrices.map(({ values }) => values),
      name,
    ),
    ...(description === undefined ? {} : { description }),
    ...(entries === undefined ? {} : { entries }),
    matrices,
    place: placeMatrices(matrices, roleOf, draws),
  };
}

/** The preference game of each group of judges alone. */
export function groupGames({ groups, labels, name }: GroupedGame): MatrixGame[] {
  return groups.map((group) =>
    matrixGameOf({
      name: `${group.name} of ${name}`,
      kind: 'preference',
      labels,
      matrices: [group.matrix],
      sum: 'constant',
    }),
  );
}
