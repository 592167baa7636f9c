import { NashlabError } from '../../src/core/errors.ts';
import { actionsAt, type FlatPayoffs, indexOf } from './payoff-tensor.ts';

const tolerance = 1e-12;

/** A joint action at which exchanging players i and i + 1 changes more than their payoffs. */
interface Asymmetry {
  readonly player: number;
  readonly joint: readonly number[];
  readonly other: readonly number[];
}

/**
 * The first asymmetry: u_{σ(p)}(σa) must be u_p(a) for all players p, joint actions a and permutations σ; exchanging
 * neighbours makes all of them.
 */
function firstAsymmetry(payoffs: readonly FlatPayoffs[], size: readonly number[]): Asymmetry | undefined {
  const largest = payoffs.reduce((top, { values }) => values.reduce((a, b) => Math.max(a, Math.abs(b)), top), 0);
  const count = payoffs[0].values.length;
  for (let left = 0; left + 1 < size.length; left++)
    for (let index = 0; index < count; index++) {
      const joint = actionsAt(index, size);
      const other = [...joint];
      [other[left], other[left + 1]] = [joint[left + 1], joint[left]];
      const exchanged = indexOf(other, size);
      for (let player = 0; player < size.length; player++) {
        const partner = player === left ? left + 1 : player === left + 1 ? left : player;
        const difference = payoffs[player].values[index] - payoffs[partner].values[exchanged];
        if (Math.abs(difference) > tolerance * largest) return { player, joint, other };
      }
    }
  return undefined;
}

/** Whether all players have the same actions and face the same payoffs, whoever sits where. */
export function isSymmetric(payoffs: readonly FlatPayoffs[], size: readonly number[]): boolean {
  return size.every((count) => count === size[0]) && firstAsymmetry(payoffs, size) === undefined;
}

/** Refuses a game in which the players could not share one policy. Throws `bad-game` naming the entry. */
export function checkSymmetric(payoffs: readonly FlatPayoffs[], size: readonly number[], name: string): void {
  const what = `game "${name}" is not symmetric`;
  const expected = 'payoffs that do not change when players change places, or a role for each player (no "symmetric")';
  if (!size.every((count) => count === size[0]))
    throw new NashlabError('bad-game', { what: `${what}: ${size.join(' × ')} actions`, where: 'actions', expected });
  const found = firstAsymmetry(payoffs, size);
  if (found === undefined) return;
  const { player, joint, other } = found;
  throw new NashlabError('bad-game', {
    what: `${what}: the payoff changes when the actions ${joint.join(', ')} become ${other.join(', ')} with their players`,
    where: `payoffs[${player}]${joint.map((action) => `[${action}]`).join('')}`,
    expected,
  });
}
