import { distance } from 'fastest-levenshtein';
import { NashlabError } from './errors.ts';

/** The known names closest to `name`, best first; all of them when there are few. */
export function nearestNames(name: string, known: readonly string[], count = 3): string[] {
  return [...known].sort((a, b) => distance(name, a) - distance(name, b) || a.localeCompare(b)).slice(0, count);
}

/** The error for a name that is in no catalogue; lists the nearest known names. */
export function unknownName(kind: string, name: string, known: readonly string[], where?: string): NashlabError {
  return new NashlabError('unknown-name', {
    what: `unknown ${kind} "${name}"`,
    where,
    expected: `one of the known names; nearest: ${nearestNames(name, known).join(', ')}`,
  });
}

/** Looks a name up in a catalogue, or throws the error that lists the nearest names. */
export function lookUp<T>(kind: string, catalogue: Readonly<Record<string, T>>, name: string, where?: string): T {
  if (Object.hasOwn(catalogue, name)) return catalogue[name];
  throw unknownName(kind, name, Object.keys(catalogue), where);
}
