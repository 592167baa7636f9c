import { NashlabError } from '../src/core/errors.ts';
import type { MatrixGame } from '../src/solve/game.ts';
import { matrixGameOf, type WholeMatrixGame } from '../src/solve/matrix-game.ts';
import { checkLabels, numberedLabels } from './labels.ts';

export interface MatrixGameParts extends Omit<WholeMatrixGame, 'labels'> {
  /** Row player's labels, then the column player's; one list for a preference game. "1", "2", … where absent. */
  readonly labels?: readonly (readonly string[])[];
}

/** Builds the two-player matrix games. Throws `bad-game` for no actions or labels that do not fit. */
export function matrixGame(parts: MatrixGameParts): MatrixGame {
  const { name, matrices } = parts;
  const actions = matrices.map((matrix) => matrix.rows);
  for (const count of actions)
    if (count < 1)
      throw new NashlabError('bad-game', { what: `game "${name}" has no actions`, expected: 'at least one action' });
  const labels = parts.labels ?? actions.map(numberedLabels);
  for (const [role, list] of labels.entries()) checkLabels(list, actions[role], role, name);
  return matrixGameOf({ ...parts, labels });
}
