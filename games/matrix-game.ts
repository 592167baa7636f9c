import { NashlabError } from '../src/core/errors.ts';
import type { Matrix, MatrixGame } from '../src/solve/game.ts';
import { placeMatrices, spanOf } from '../src/solve/place-matrices.ts';
import { checkLabels, numberedLabels } from './labels.ts';

export interface MatrixGameParts {
  readonly name: string;
  readonly kind: MatrixGame['kind'];
  /** Row player's labels, then the column player's; one list for a preference game. */
  readonly labels?: readonly (readonly string[])[];
  readonly matrices: readonly Matrix[];
  readonly sum: 'constant' | 'general';
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

/** Builds the two-player matrix games: one role for a preference game (both seats share it), else one role per seat. */
export function matrixGame(parts: MatrixGameParts): MatrixGame {
  const { name, kind, matrices, sum, draws = 1, description, entries } = parts;
  const actions = matrices.map((matrix) => matrix.rows);
  for (const count of actions)
    if (count < 1)
      throw new NashlabError('bad-game', { what: `game "${name}" has no actions`, expected: 'at least one action' });
  const labels = parts.labels ?? actions.map(numberedLabels);
  for (const [role, list] of labels.entries()) checkLabels(list, actions[role], role, name);
  const roleOf = kind === 'preference' ? [0, 0] : [0, 1];
  return {
    name,
    kind,
    labels,
    roleOf,
    actions,
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
