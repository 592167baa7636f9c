import { drawOf } from './equilibrium.ts';
import { isMatrixGame } from './game.ts';
import { type HostProfile, type Instance, rowsOfRun, temperatureOf } from './problem.ts';

/** One run of a batch as an instance of its own, from its own start or another one. */
export function runAlone(instance: Instance, run: number, start?: HostProfile): Instance {
  const { game } = instance;
  return {
    ...instance,
    game: isMatrixGame(game) && game.draws > 1 ? drawOf(game, run) : game,
    runs: 1,
    temperature: temperatureOf(instance, run),
    reference: rowsOfRun(instance.reference, game.actions, run),
    start: start ?? rowsOfRun(instance.start, game.actions, run),
  };
}
