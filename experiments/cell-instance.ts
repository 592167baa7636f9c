import { canonicalJson } from '../src/core/canonical.ts';
import type { Game } from '../src/solve/game.ts';
import { stackedProfiles } from '../src/solve/instance.ts';
import { profileFrom, randomProfile, startProfile, uniformProfile } from '../src/solve/policies.ts';
import type { HostProfile, Instance } from '../src/solve/problem.ts';
import type { Cell } from './stored.ts';

type CellInstance = Pick<Cell, 'temperature' | 'roleTemperatures' | 'reference' | 'start' | 'seed'>;

function referenceOf({ reference, seed }: CellInstance, game: Game): HostProfile {
  if (reference === 'uniform') return uniformProfile(game);
  return reference === 'random' ? randomProfile(game, seed, 'reference') : profileFrom(reference, game, 'reference');
}

/** The instance a cell describes. */
export function instanceOf(cell: CellInstance, game: Game): Instance {
  const reference = referenceOf(cell, game);
  const start =
    typeof cell.start === 'string'
      ? startProfile(cell.start, game, reference, cell.seed)
      : profileFrom(cell.start, game, 'start');
  const { temperature, roleTemperatures: factors } = cell;
  return {
    game,
    runs: 1,
    temperature,
    ...(factors === undefined ? {} : { roleTemperatures: factors }),
    reference,
    start,
  };
}

/** Several cells of one game as the runs of one instance. */
export function batchInstance(cells: readonly CellInstance[], game: Game): Instance {
  const alone = cells.map((cell) => instanceOf(cell, game));
  if (alone.length === 1) return alone[0];
  const [{ temperature, roleTemperatures: factors, reference }] = alone;
  const drawnBy = ({ reference, seed }: CellInstance): string =>
    canonicalJson([reference, reference === 'random' ? seed : '']);
  const text = drawnBy(cells[0]);
  return {
    game,
    runs: cells.length,
    // Equal for all cells of a batch.
    ...(factors === undefined ? {} : { roleTemperatures: factors }),
    temperature: cells.every((cell) => cell.temperature === temperature)
      ? temperature
      : cells.map((cell) => cell.temperature),
    reference: cells.every((cell) => drawnBy(cell) === text)
      ? reference
      : stackedProfiles(alone.map((instance) => instance.reference)),
    start: stackedProfiles(alone.map((instance) => instance.start)),
  };
}
