import { NashlabError } from '../../src/core/errors.ts';
import { type MatrixGame, requireMatrices } from '../../src/solve/game.ts';
import type { Instance } from '../../src/solve/problem.ts';

/** Refuses several runs at once. @param what needs a single one, with its preposition: `"exact" on`. */
export function requireOneRun({ game, runs }: Instance, what: string): void {
  if (runs === 1) return;
  throw new NashlabError('not-applicable', { what: `${what} ${runs} runs of "${game.name}"`, expected: 'one run' });
}

/** The one matrix game of an instance of a single run. */
export function oneMatrixGame(instance: Instance, name: string): MatrixGame {
  requireOneRun(instance, `"${name}" on`);
  return requireMatrices(instance.game, `"${name}"`);
}
