import { assignParameters, readCatalogueText } from '../src/core/catalogue-text.ts';
import { lookUp } from '../src/core/names.ts';
import type { MatrixGame } from '../src/solve/game.ts';
import { annotators } from './annotators.ts';
import { blotto } from './blotto.ts';
import { bradleyTerry } from './bradley-terry.ts';
import { cars } from './cars.ts';
import { cyclic } from './cyclic.ts';
import type { GameFamily } from './family.ts';
import { heterogeneous } from './heterogeneous.ts';
import { lowRank } from './low-rank.ts';
import { movies } from './movies.ts';
import type { AnyGame } from './operators/operator-game.ts';
import { plackettLuce } from './plackett-luce.ts';
import { polymatrix } from './polymatrix.ts';
import { polymatrixPreference } from './polymatrix-preference.ts';
import { random } from './random.ts';
import { repeated } from './repeated.ts';
import { rps } from './rps.ts';
import { tournament } from './tournament.ts';
import { transitiveCyclic } from './transitive-cyclic.ts';

/** All families of games, by name. */
export const gameCatalogue: Readonly<Record<string, GameFamily>> = {
  rps,
  cyclic,
  random,
  tournament,
  'bradley-terry': bradleyTerry,
  'low-rank': lowRank,
  blotto,
  'transitive-cyclic': transitiveCyclic,
  movies,
  cars,
  repeated,
  annotators,
  'polymatrix-preference': polymatrixPreference,
  heterogeneous,
  polymatrix,
  'plackett-luce': plackettLuce,
};

function familyOf(text: string): GameFamily {
  return lookUp('game', gameCatalogue, readCatalogueText('game', text).name);
}

/** Families whose large members come without a matrix, and those of any number of players. */
type WithoutMatrix = 'bradley-terry' | 'low-rank' | 'polymatrix' | 'heterogeneous' | 'plackett-luce';

/** A text known to the compiler, and of another family, gives a matrix game. */
export type CatalogueGame<Text extends string> = string extends Text
  ? AnyGame
  : Text extends `${string}${WithoutMatrix}${string}`
    ? AnyGame
    : MatrixGame;

/**
 * The game of a catalogue text: `rps`, `blotto:10,3`, `random:n=50,seed=7`, `movies:director=Tim Burton,items=8`. Large
 * members of `low-rank` (above 400 actions) and `bradley-terry` (above 5,000) come without a matrix. Throws `unknown-name`
 * with the nearest names, `bad-parameter` naming parameter and range, `too-large`.
 */
export function catalogueGame<Text extends string>(text: Text): CatalogueGame<Text> {
  const family = familyOf(text);
  return family.make(assignParameters('game', text, family)) as CatalogueGame<Text>;
}

/** Parameters of a family, in order. Throws `unknown-name`. */
export function gameParameterNames(name: string): string[] {
  return Object.keys(lookUp('game', gameCatalogue, name).parameters.shape);
}

/** The text with `seed=…` appended when its family takes a seed and the text gives none; else the text itself. */
export function withSeed(text: string, seed: string | number): string {
  const family = familyOf(text);
  if (family.randomness === undefined || 'seed' in assignParameters('game', text, family)) return text;
  return `${text}${text.includes(':') ? ',' : ':'}seed=${seed}`;
}
