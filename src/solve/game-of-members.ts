import type { Game } from './game.ts';
import { gameSize } from './memory.ts';
import type { Support } from './support.ts';

/** A policy of a role, under a name. */
export interface RosterMember {
  readonly name: string;
  readonly policy: Support;
}

/** Policies per role. */
export type Members = readonly (readonly RosterMember[])[];

export function namesOf(members: Members): string[][] {
  return members.map((list) => list.map(({ name }) => name));
}

export function restrictedName({ name }: Pick<Game, 'name'>): string {
  return `${name}, restricted`;
}

/** Rows X, `[m, A]`, of the members of a role, and Xᵀ. */
function asMatrix(members: readonly RosterMember[], actions: number, transposed: boolean): Float64Array {
  const values = new Float64Array(members.length * actions);
  members.forEach(({ policy }, i) => {
    policy.actions.forEach((action, k) => {
      values[transposed ? action * members.length + i : i * actions + action] = policy.weights[k];
    });
  });
  return values;
}

/** Mixtures w of members become policies wX, and the payoffs u of actions those of members, X·u. */
function placeMembers(game: Game, members: Members): Game['place'] {
  return (ops) => {
    const inner = game.place(ops);
    const place = (transposed: boolean) =>
      members.map((list, role) => {
        const shape = [list.length, game.actions[role]];
        const [rows, columns] = transposed ? shape.reverse() : shape;
        return ops.tensor(asMatrix(list, game.actions[role], transposed), [1, rows, columns]);
      });
    const [rows, columns] = [place(false), place(true)];
    /** What seats of one role and one tensor share is made once, and stays one tensor. */
    const shared = <T>(make: (role: number, given: T) => T) => {
      const known = game.actions.map(() => new Map<T, T>());
      return (given: T, seat: number): T => {
        const role = game.roleOf[seat];
        const found = known[role].get(given) ?? make(role, given);
        known[role].set(given, found);
        return found;
      };
    };
    const seated = (mixtures: Parameters<typeof inner.payoffs>[1]) =>
      mixtures.map(shared((role, mixture) => ops.matVec(columns[role], mixture)));
    const { everyone } = inner;
    return {
      tensors: [...inner.tensors, ...rows, ...columns],
      payoffs: (seat, mixtures) => ops.matVec(rows[game.roleOf[seat]], inner.payoffs(seat, seated(mixtures))),
      ...(everyone && {
        everyone: (mixtures) => everyone(seated(mixtures)).map(shared((role, u) => ops.matVec(rows[role], u))),
      }),
    };
  };
}

/** The restricted game of any number of players, as the members stand now: no payoff is computed before it is placed. */
export function gameOfMembers(game: Game, given: Members): Game {
  const members = given.map((list) => [...list]);
  const { bytes, work = { perRun: bytes / 8, shared: 0 } } = gameSize(game);
  const numbers = members.reduce((sum, list, role) => sum + 2 * list.length * game.actions[role], 0);
  return {
    name: restrictedName(game),
    kind: 'restricted',
    labels: namesOf(members),
    roleOf: game.roleOf,
    actions: members.map(({ length }) => length),
    draws: game.draws,
    sum: game.sum,
    payoffSpan: game.payoffSpan,
    bytes: bytes + 8 * numbers,
    work: { ...work, perRun: work.perRun + numbers },
    place: placeMembers(game, members),
  };
}
