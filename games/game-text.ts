import { NashlabError } from '../src/core/errors.ts';
import type { GameFamily } from './family.ts';

export interface GameText {
  readonly name: string;
  readonly positional: readonly string[];
  readonly named: Readonly<Record<string, string>>;
}

function refuse(text: string, what: string): NashlabError {
  return new NashlabError('bad-parameter', {
    what,
    where: `game "${text}"`,
    expected: 'name, name:value,value or name:parameter=value,… (values by position come first, each parameter once)',
  });
}

/** Takes `name:10,3` or `name:n=50,seed=7` apart; values may contain spaces but no comma. */
export function readGameText(text: string): GameText {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  const positional: string[] = [];
  const named: Record<string, string> = Object.create(null); // so that "__proto__" is a name like any other
  const parts = colon < 0 ? [] : text.slice(colon + 1).split(',');
  for (const part of parts) {
    const [, key, value] = /^\s*([\w-]+)\s*=(.*)$/s.exec(part) ?? [undefined, undefined, part];
    if (value.trim() === '')
      throw refuse(text, key === undefined ? 'an empty parameter' : `no value for parameter "${key}"`);
    if (key === undefined) {
      if (Object.keys(named).length > 0) throw refuse(text, `"${part.trim()}" has no parameter name`);
      positional.push(value.trim());
    } else if (Object.hasOwn(named, key)) throw refuse(text, `parameter "${key}" is given twice`);
    else named[key] = value.trim();
  }
  return { name, positional, named };
}

/** Values by parameter name. Throws `bad-parameter` when there are too many by position, or one is given both ways. */
export function assignParameters(text: string, family: GameFamily): Record<string, string> {
  const { positional, named } = readGameText(text);
  if (positional.length > family.positional.length) {
    const order = family.positional.join(', ');
    throw new NashlabError('bad-parameter', {
      what: `the value "${positional[family.positional.length]}" belongs to no parameter`,
      where: `game "${text}"`,
      expected: order === '' ? `no values by position; examples: ${family.examples.join(', ')}` : `at most ${order}`,
    });
  }
  const byPosition = Object.fromEntries(positional.map((value, k) => [family.positional[k], value]));
  for (const key of Object.keys(named))
    if (Object.hasOwn(byPosition, key)) throw refuse(text, `parameter "${key}" is given twice`);
  return { ...byPosition, ...named };
}
