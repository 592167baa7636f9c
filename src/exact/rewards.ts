import { NashlabError } from '../core/errors.ts';
import { drawOf } from '../solve/equilibrium.ts';
import { type Game, requireMatrices } from '../solve/game.ts';
import { uniformProfile } from '../solve/policies.ts';
import { type HostProfile, rowsOfRun } from '../solve/problem.ts';
import { rememberedPerGame, rowKey } from '../solve/remembered.ts';
import { bradleyTerryRewards } from './bradley-terry.ts';

/** The law both actions of a compared pair are drawn from, independently. */
export type PairLaw = 'reference' | 'uniform';

/** Refuses what is no preference game, for methods that learn from comparisons. */
export function requirePreferences(game: Game): void {
  if (game.kind === 'preference') return;
  throw new NashlabError('not-applicable', {
    what: `game "${game.name}" is of kind "${game.kind}"`,
    expected: 'a preference game: this method learns from comparisons of two actions of one set',
  });
}

/** log w of a pair law, `[1|B, A]`. */
export function lawOf(law: PairLaw, game: Game, reference: HostProfile): Float64Array {
  return law === 'reference' ? reference[0] : uniformProfile(game)[0];
}

/** Fits found so far, by draw and law. */
const fits = rememberedPerGame<Float64Array>();

function fitted(game: Game, draw: number, law: Float64Array): Float64Array {
  return fits(game, `${draw} ${rowKey(law)}`, () =>
    bradleyTerryRewards(drawOf(requireMatrices(game, 'the Bradley–Terry fit'), draw), law),
  );
}

/**
 * The Bradley–Terry rewards a method sees in a preference game, `[R, A]` row-major: one row where all runs share game and
 * law, else one per run. @throws `not-applicable` for other games, and where no finite fit exists.
 */
export function rewardsOf(game: Game, law: PairLaw, reference: HostProfile): Float64Array {
  requirePreferences(game);
  const [actions] = game.actions;
  const drawn = lawOf(law, game, reference);
  const runs = Math.max(game.draws, drawn.length / actions);
  const rewards = new Float64Array(runs * actions);
  for (let run = 0; run < runs; run++) {
    const [own] = rowsOfRun([drawn], [actions], run);
    rewards.set(fitted(game, game.draws === 1 ? 0 : run, own), run * actions);
  }
  return rewards;
}
