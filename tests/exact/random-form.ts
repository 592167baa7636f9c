import { normalFormOf } from '../../games/players/normal-form.ts';
import { stream } from '../../src/random/streams.ts';
import type { Game } from '../../src/solve/game.ts';

/** A game of independent payoffs from N(0, 1). */
export function randomForm(actions: readonly number[], seed: number): Game {
  const { normal } = stream('quantal-players', seed);
  const count = actions.reduce((product, own) => product * own, 1);
  const payoffs = actions.map(() => ({ values: Float64Array.from({ length: count }, normal) }));
  return normalFormOf(payoffs, actions);
}
