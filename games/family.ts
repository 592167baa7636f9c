import type { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import { unknownName } from '../src/core/names.ts';
import type { AnyGame } from './operators/operator-game.ts';

/** A family of games in the catalogue: what it is, which parameters it takes, and how a member is made. */
export interface GameFamily {
  readonly name: string;
  readonly summary: string;
  /** A strict object; every parameter has a description that states its range. */
  readonly parameters: z.ZodObject;
  /** Parameters that may be given by position, in order. */
  readonly positional: readonly string[];
  readonly examples: readonly string[];
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

const numeral = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The other reading of a value: text as the number it spells, a number as its text. */
function otherReading(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && numeral.test(value) ? Number(value) : value;
}

/** Builds a family whose `make` checks its parameters, from a `build` that can rely on them. */
export function gameFamily<Parameters extends z.ZodObject>(parts: GameFamilyParts<Parameters>): GameFamily {
  const { build, parameters, name: family } = parts;
  const known = Object.keys(parameters.shape);
  const make = (given: Readonly<Record<string, unknown>>): AnyGame => {
    const read: Record<string, unknown> = {};
    for (const [parameter, value] of Object.entries(given)) {
      const where = `game "${family}"`;
      if (known.length === 0)
        throw new NashlabError('bad-parameter', {
          what: `unknown parameter "${parameter}"`,
          where,
          expected: `no parameters: write ${family}`,
        });
      if (!known.includes(parameter)) throw unknownName('parameter', parameter, known, where);
      const schema = parameters.shape[parameter] as z.ZodType;
      const accepted = [value, otherReading(value)].find((reading) => schema.safeParse(reading).success);
      if (accepted === undefined)
        throw new NashlabError('bad-parameter', {
          what: `parameter ${parameter} = ${JSON.stringify(value)}`,
          where,
          expected: schema.description,
        });
      read[parameter] = accepted;
    }
    const complete = parameters.parse(read) as z.output<Parameters>;
    const spelled = known.filter((key) => (complete as Record<string, unknown>)[key] !== undefined);
    const list = spelled.map((key) => `${key}=${(complete as Record<string, unknown>)[key]}`);
    return build(complete, list.length === 0 ? family : `${family}:${list.join(',')}`);
  };
  return { ...parts, make };
}
