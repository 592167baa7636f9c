import { assignParameters, readCatalogueText } from '../src/core/catalogue-text.ts';
import { lookUp } from '../src/core/names.ts';
import type { Game } from '../src/solve/game.ts';
import type { Population } from '../src/solve/population.ts';
import { annotators } from './annotators.ts';
import { average } from './average.ts';
import { ema } from './ema.ts';
import { external } from './external.ts';
import type { PopulationFamily } from './family.ts';
import { league } from './league.ts';
import { metaNash } from './meta-nash.ts';
import { others } from './others.ts';
import { recent } from './recent.ts';
import { reservoir } from './reservoir.ts';
import { self } from './self.ts';

/** Every rule for opponents, by its name. */
export const populations: Readonly<Record<string, PopulationFamily>> = {
  others,
  self,
  recent,
  ema,
  average,
  reservoir,
  league,
  'meta-nash': metaNash,
  external,
  annotators,
};

/** A rule by text, `recent:k=5,weights=3/2/1`, or by name and parameters. */
export type PopulationGiven = string | ({ readonly name: string } & Readonly<Record<string, unknown>>);

/**
 * The population of a text or an object, for a game.
 * @param folder that file names are relative to.
 * @throws `unknown-name` with the nearest names, `bad-parameter`, `bad-policy`, `bad-file`, `not-applicable`.
 */
export function population(given: PopulationGiven, game: Game, folder = '.'): Population {
  if (typeof given !== 'string') {
    const { name, ...params } = given;
    return lookUp('population', populations, name).make(params, { game, folder });
  }
  const family = lookUp('population', populations, readCatalogueText('population', given).name);
  return family.make(assignParameters('population', given, family), { game, folder });
}
