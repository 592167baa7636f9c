import { canonicalJson } from '../src/core/canonical.ts';
import type { Game } from '../src/solve/game.ts';
import { stackedProfiles } from '../src/solve/instance.ts';
import { profileFrom, startProfile, uniformProfile } from '../src/solve/policies.ts';
import type { Instance } from '../src/solve/problem.ts';
import type { Cell } from './stored.ts';

type CellInstance = Pick<Cell, 'temperature' | 'reference' | 'start' | 'seed'>;

/** The instance a cell describes. */
export function instanceOf(cell: CellInstance, game: Game): Instance {
  const reference =
    cell.reference === 'uniform' ? uniformProfile(game) : profileFrom(cell.reference, game, 'reference');
  const start =
    typeof cell.start === 'string'
      ? startProfile(cell.start, game, reference, cell.seed)
      : profileFrom(cell.start, game, 'start');
  return { game, runs: 1, temperature: cell.temperature, reference, start };
}

/** Several cells of one game as the runs of one instance. */
export function batchInstance(cells: readonly CellInstance[], game: Game): Instance {
  const alone = cells.map((cell) => instanceOf(cell, game));
  if (alone.length === 1) return alone[0];
  const [{ temperature, reference }] = alone;
  const text = canonicalJson(cells[0].reference);
  return {
    game,
    runs: cells.length,
    temperature: cells.every((cell) => cell.temperature === temperature)
      ? temperature
      : cells.map((cell) => cell.temperature),
    reference: cells.every((cell) => canonicalJson(cell.reference) === text)
      ? reference
      : stackedProfiles(alone.map((instance) => instance.reference)),
    start: stackedProfiles(alone.map((instance) => instance.start)),
  };
}
