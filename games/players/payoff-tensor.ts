import { NashlabError } from '../../src/core/errors.ts';
import { counted } from '../counted.ts';
import { numberOfText } from '../fraction.ts';

/** One player's payoffs, `[a0][a1]…`: numbers, or texts such as `"1/3"`. */
export type PayoffTensor = readonly (number | string)[] | readonly PayoffTensor[];

/** The same in one array, the last player's action fastest; `texts` as written when any entry is text. */
export interface FlatPayoffs {
  readonly values: Float64Array;
  readonly texts?: readonly string[];
}

/** How many joint actions there are. */
export function jointActions(actions: readonly number[]): number {
  return actions.reduce((product, count) => product * count, 1);
}

/** Lengths along the first entries: what the shape is, if it is regular. */
export function shapeOf(tensor: unknown): number[] {
  return Array.isArray(tensor) ? [tensor.length, ...shapeOf(tensor[0])] : [];
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${counted(value.length, 'entry', 'entries')}`;
  return typeof value === 'number' ? `entry ${value}` : `entry ${JSON.stringify(value)}`;
}

/**
 * Reads one player's payoffs. Throws `bad-game` naming the first list of another length than its player has actions, or the
 * first entry that is no finite number.
 */
export function flatPayoffs(tensor: unknown, actions: readonly number[], where: string): FlatPayoffs {
  const values: number[] = [];
  let exact = false;
  const entry = (value: unknown, place: string): void => {
    const number = typeof value === 'string' ? numberOfText(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number))
      throw new NashlabError('bad-game', {
        what: describe(value),
        where: place,
        expected: `a finite number or a text such as "1/3": one list level for each of the ${actions.length} players`,
      });
    exact ||= typeof value === 'string';
    values.push(number + 0); // −0 becomes 0, as JSON writes it
  };
  const read = (part: unknown, player: number, place: string): void => {
    if (player === actions.length) {
      entry(part, place);
      return;
    }
    if (!Array.isArray(part) || part.length !== actions[player])
      throw new NashlabError('bad-game', {
        what: describe(part),
        where: place,
        expected: `a list of ${actions[player]}, one for each action of player ${player + 1}`,
      });
    part.forEach((next, k) => {
      read(next, player + 1, `${place}[${k}]`);
    });
  };
  read(tensor, 0, where);
  const flat = { values: Float64Array.from(values) };
  if (!exact) return flat;
  return { ...flat, texts: (tensor as readonly unknown[]).flat(actions.length).map(String) };
}

/** Back to lists, `[a0][a1]…`. */
export function nestedPayoffs({ values, texts }: FlatPayoffs, actions: readonly number[]): PayoffTensor {
  const written: ArrayLike<number | string> = texts ?? values;
  const nest = (player: number, offset: number): PayoffTensor => {
    const [count, ...later] = actions.slice(player);
    const step = jointActions(later);
    const at = (k: number) => offset + k * step;
    if (later.length === 0) return Array.from({ length: count }, (_, k) => written[at(k)]);
    return Array.from({ length: count }, (_, k) => nest(player + 1, at(k)));
  };
  return nest(0, 0);
}

/** The actions of every player at an index of the flat array, the last player's fastest. */
export function actionsAt(index: number, actions: readonly number[]): number[] {
  const found = new Array<number>(actions.length);
  let rest = index;
  for (let player = actions.length - 1; player >= 0; player--) {
    found[player] = rest % actions[player];
    rest = Math.floor(rest / actions[player]);
  }
  return found;
}

/** The index of a joint action, the last player's fastest. */
export function indexOf(joint: readonly number[], actions: readonly number[]): number {
  return joint.reduce((index, action, player) => index * actions[player] + action, 0);
}

/** One player's payoffs with that player's own action as the first axis, the others in order. */
export function ownAxisFirst(values: Float64Array, actions: readonly number[], player: number): Float64Array {
  const later = jointActions(actions.slice(player + 1));
  const own = actions[player];
  const earlier = jointActions(actions.slice(0, player));
  const turned = new Float64Array(values.length);
  for (let before = 0; before < earlier; before++)
    for (let action = 0; action < own; action++) {
      const from = (before * own + action) * later;
      turned.set(values.subarray(from, from + later), (action * earlier + before) * later);
    }
  return turned;
}
