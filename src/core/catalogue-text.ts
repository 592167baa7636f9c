import type { z } from 'zod';
import { NashlabError } from './errors.ts';
import { unknownName } from './names.ts';

/** An entry of a catalogue that takes parameters: a family of games, a rule for opponents. */
export interface ParameterFamily {
  readonly name: string;
  /** A strict object; every parameter has a description that states its range. */
  readonly parameters: z.ZodObject;
  /** Parameters that may be given by position, in order. */
  readonly positional: readonly string[];
  readonly examples: readonly string[];
}

interface CatalogueText {
  readonly name: string;
  readonly positional: readonly string[];
  readonly named: Readonly<Record<string, string>>;
}

function refuse(kind: string, text: string, what: string): NashlabError {
  return new NashlabError('bad-parameter', {
    what,
    where: `${kind} "${text}"`,
    expected: 'name, name:value,value or name:parameter=value,… (values by position come first, each parameter once)',
  });
}

/**
 * Takes `name:10,3` or `name:n=50,seed=7` apart; values may contain spaces but no comma.
 * @param kind what the catalogue is of, for errors: `game`, `population`.
 */
export function readCatalogueText(kind: string, text: string): CatalogueText {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  const positional: string[] = [];
  const named: Record<string, string> = Object.create(null); // so that "__proto__" is a name like any other
  const parts = colon < 0 ? [] : text.slice(colon + 1).split(',');
  for (const part of parts) {
    const [, key, value] = /^\s*([\w-]+)\s*=(.*)$/s.exec(part) ?? [undefined, undefined, part];
    if (value.trim() === '')
      throw refuse(kind, text, key === undefined ? 'an empty parameter' : `no value for parameter "${key}"`);
    if (key === undefined) {
      if (Object.keys(named).length > 0) throw refuse(kind, text, `"${part.trim()}" has no parameter name`);
      positional.push(value.trim());
    } else if (Object.hasOwn(named, key)) throw refuse(kind, text, `parameter "${key}" is given twice`);
    else named[key] = value.trim();
  }
  return { name, positional, named };
}

/** Values by parameter name. Throws `bad-parameter` when there are too many by position, or one is given both ways. */
export function assignParameters(kind: string, text: string, family: ParameterFamily): Record<string, string> {
  const { positional, named } = readCatalogueText(kind, text);
  if (positional.length > family.positional.length) {
    const order = family.positional.join(', ');
    throw new NashlabError('bad-parameter', {
      what: `the value "${positional[family.positional.length]}" belongs to no parameter`,
      where: `${kind} "${text}"`,
      expected: order === '' ? `no values by position; examples: ${family.examples.join(', ')}` : `at most ${order}`,
    });
  }
  const byPosition = Object.fromEntries(positional.map((value, k) => [family.positional[k], value]));
  for (const key of Object.keys(named))
    if (Object.hasOwn(byPosition, key)) throw refuse(kind, text, `parameter "${key}" is given twice`);
  return { ...byPosition, ...named };
}

const numeral = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The other reading of a value: text as the number it spells, a number as its text. */
function otherReading(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && numeral.test(value) ? Number(value) : value;
}

/**
 * Parameters of an entry, checked and with their defaults; values may be text, as on the command line.
 * @throws `bad-parameter` naming the parameter and its range, `unknown-name` for one that the entry does not take.
 */
export function readParameters<Parameters extends z.ZodObject>(
  kind: string,
  name: string,
  parameters: Parameters,
  given: Readonly<Record<string, unknown>>,
): z.output<Parameters> {
  const known = Object.keys(parameters.shape);
  const where = `${kind} "${name}"`;
  const read: Record<string, unknown> = {};
  for (const [parameter, value] of Object.entries(given)) {
    if (known.length === 0)
      throw new NashlabError('bad-parameter', {
        what: `unknown parameter "${parameter}"`,
        where,
        expected: `no parameters: write ${name}`,
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
  return parameters.parse(read) as z.output<Parameters>;
}
