import { NashlabError } from '../src/core/errors.ts';
import type { Game } from '../src/solve/game.ts';
import { instance } from '../src/solve/instance.ts';
import { resolveParams } from '../src/solve/params.ts';
import { type AnySolver, ignoresTemperature } from '../src/solve/solver.ts';

/** A temperature that the solver takes: the given one, or 0 where it ignores the KL term. */
export function temperatureFor(solver: AnySolver, temperature: number): number {
  return ignoresTemperature(solver) ? 0 : temperature;
}

/** Whether a solver plays games of this kind; what it refuses for another reason is thrown. */
export function plays(solver: AnySolver, game: Game): boolean {
  const setting = instance(game, { temperature: temperatureFor(solver, 0.1 * (game.payoffSpan || 1)) });
  try {
    const params = resolveParams(solver, {}, setting, 10);
    solver.check?.(setting, params as never);
    return true;
  } catch (error) {
    if (error instanceof NashlabError && error.code === 'not-applicable') return false;
    throw error;
  }
}
