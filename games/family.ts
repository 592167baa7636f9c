import type { z } from 'zod';
import { type ParameterFamily, readParameters } from '../src/core/catalogue-text.ts';
import type { AnyGame } from './operators/operator-game.ts';

/** A family of games in the catalogue: what it is, which parameters it takes, and how a member is made. */
export interface GameFamily extends ParameterFamily {
  readonly summary: string;
  /** Present when the game is drawn at random: the parameter that names the draw. */
  readonly randomness?: 'seed';
  /** Makes the game. Values may be text, as on the command line. Throws `bad-parameter` naming the parameter and its range. */
  make(given: Readonly<Record<string, unknown>>): AnyGame;
}

export interface GameFamilyParts<Parameters extends z.ZodObject>
  extends Omit<GameFamily, 'parameters' | 'positional' | 'make'> {
  readonly parameters: Parameters;
  readonly positional: readonly (keyof z.output<Parameters> & string)[];
  /** `name` is the canonical name: family and all parameters, so that every spelling of one game has one name. */
  build(parameters: z.output<Parameters>, name: string): AnyGame;
}

/** Builds a family whose `make` checks its parameters, from a `build` that can rely on them. */
export function gameFamily<Parameters extends z.ZodObject>(parts: GameFamilyParts<Parameters>): GameFamily {
  const { build, parameters, name: family } = parts;
  const known = Object.keys(parameters.shape);
  const make = (given: Readonly<Record<string, unknown>>): AnyGame => {
    const complete = readParameters('game', family, parameters, given);
    const spelled = known.filter((key) => (complete as Record<string, unknown>)[key] !== undefined);
    const list = spelled.map((key) => `${key}=${(complete as Record<string, unknown>)[key]}`);
    return build(complete, list.length === 0 ? family : `${family}:${list.join(',')}`);
  };
  return { ...parts, make };
}
