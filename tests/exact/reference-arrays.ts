import type { PayoffArrays } from '../../src/exact/payoff-arrays.ts';
import { double, type ReferenceGame, reference } from '../reference.ts';

type Nested = number | string | readonly Nested[];

function flat(entry: Nested): number[] {
  return Array.isArray(entry) ? entry.flatMap(flat) : [double(entry as number | string)];
}

/** The payoff arrays of an entry of the reference games, of any number of players. */
export function arraysOf({ actions, payoffs }: Pick<ReferenceGame, 'actions' | 'payoffs'>): PayoffArrays {
  return { actions, payoffs: payoffs.map((values) => Float64Array.from(flat(values))) };
}

export function referenceGame<Extra>(id: string): ReferenceGame & Extra {
  const found = reference.games.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`no reference game "${id}"`);
  return found as ReferenceGame & Extra;
}
