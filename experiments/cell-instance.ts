import type { MatrixGame } from '../src/solve/game.ts';
import { profileFrom, startProfile, uniformProfile } from '../src/solve/policies.ts';
import type { Instance } from '../src/solve/problem.ts';
import type { Cell } from './stored.ts';

/** The instance a cell describes. */
export function instanceOf(
  cell: Pick<Cell, 'temperature' | 'reference' | 'start' | 'seed'>,
  game: MatrixGame,
): Instance {
  const reference =
    cell.reference === 'uniform' ? uniformProfile(game) : profileFrom(cell.reference, game, 'reference');
  const start =
    typeof cell.start === 'string'
      ? startProfile(cell.start, game, reference, cell.seed)
      : profileFrom(cell.start, game, 'start');
  return { game, runs: 1, temperature: cell.temperature, reference, start };
}
