import { NashlabError } from '../../src/core/errors.ts';
import type { Game } from '../../src/solve/game.ts';
import { payoffSpanOf } from '../../src/solve/matrix-game.ts';
import { sumTolerance } from '../constant-sum.ts';
import { counted } from '../counted.ts';
import { checkLabels, numberedLabels } from '../labels.ts';
import {
  type FlatPayoffs,
  flatPayoffs,
  jointActions,
  nestedPayoffs,
  ownAxisFirst,
  type PayoffTensor,
  shapeOf,
} from './payoff-tensor.ts';
import type { PlayersGame } from './players-game.ts';
import { checkSymmetric } from './symmetry.ts';

/** A game of n players by its payoffs, player i's at every joint action. */
export interface NormalFormGame extends PlayersGame {
  readonly kind: 'normal-form';
  /** Actions per player; `actions` has one number per role. */
  readonly size: readonly number[];
  /** Per player, the last player's action fastest. */
  readonly payoffs: readonly FlatPayoffs[];
  readonly symmetric: boolean;
}

export function isNormalForm(game: Game): game is NormalFormGame {
  return game.kind === 'normal-form';
}

export interface NormalFormOptions {
  readonly name?: string;
  /** One list per player; of a symmetric game one list for all. */
  readonly labels?: readonly (readonly string[])[];
  readonly description?: string;
  /** All players share one policy; the payoffs are checked to allow it. By default every player has a role of its own. */
  readonly symmetric?: boolean;
}

/** Whether the payoffs of every joint action add up to the same, within `sumTolerance`. */
function isConstantSum(payoffs: readonly FlatPayoffs[]): boolean {
  const [{ values: first }] = payoffs;
  const small = sumTolerance(
    payoffs.map(({ values }) => values),
    payoffs.length,
  );
  const sumAt = (k: number) => payoffs.reduce((sum, { values }) => sum + values[k], 0);
  const total = sumAt(0);
  return first.every((_, k) => Math.abs(sumAt(k) - total) <= small);
}

/**
 * Places one tensor per role, the role's own axis first. The payoffs of seat i are u(a) = Σ over the others' joint actions
 * b of T[a, b]·Π_j π_j(b_j), summed over the last axis first: `[1, A·Π, A_last] × [B, A_last]`, then what is left, flat, over
 * the axis before it, down to `[B, A]`. In a symmetric game it does not matter which of the others plays which axis.
 */
function placeTensors(payoffs: readonly FlatPayoffs[], size: readonly number[], roleOf: readonly number[]) {
  const place: Game['place'] = (ops) => {
    const roles = payoffs.slice(0, 1 + Math.max(...roleOf));
    const tensors = roles.map(({ values }, role) => {
      const last = role === size.length - 1 ? size[role - 1] : size[size.length - 1];
      return ops.tensor(ownAxisFirst(values, size, role), [1, values.length / last, last]);
    });
    return {
      tensors,
      payoffs(seat, policies) {
        let rest = tensors[roleOf[seat]];
        for (let other = policies.length - 1; other >= 0; other--)
          if (other !== seat) rest = ops.matVec(rest, policies[other]);
        return rest;
      },
    };
  };
  return place;
}

/** Builds the game from payoffs in flat arrays; `size` holds the actions per player. */
export function normalFormOf(
  payoffs: readonly FlatPayoffs[],
  size: readonly number[],
  options: NormalFormOptions = {},
): NormalFormGame {
  const { name = 'normal-form', description, symmetric = false } = options;
  if (size.length < 2)
    throw new NashlabError('bad-game', {
      what: `game "${name}" has ${counted(size.length, 'player')}`,
      where: 'players',
      expected: 'at least 2',
    });
  if (symmetric) checkSymmetric(payoffs, size, name);
  const actions = symmetric ? size.slice(0, 1) : size;
  const labels = options.labels ?? actions.map(numberedLabels);
  if (labels.length !== actions.length)
    throw new NashlabError('bad-game', {
      what: `game "${name}" has ${counted(labels.length, 'list')} of labels`,
      where: 'labels',
      expected: symmetric ? 'one list, which all players share' : `${size.length}, one list per player`,
    });
  for (const [role, list] of labels.entries()) checkLabels(list, actions[role], role, name);
  const roleOf = size.map((_, seat) => (symmetric ? 0 : seat));
  const joint = jointActions(size);
  const described = description === undefined ? {} : { description };
  return {
    name,
    kind: 'normal-form',
    labels,
    roleOf,
    actions,
    draws: 1,
    sum: isConstantSum(payoffs) ? 'constant' : 'general',
    payoffSpan: payoffSpanOf(
      payoffs.map(({ values }) => values),
      name,
    ),
    bytes: 8 * joint * payoffs.length,
    work: { perRun: 2 * joint, shared: 0 },
    ...described,
    size,
    payoffs,
    symmetric,
    place: placeTensors(payoffs, size, roleOf),
    document: () => ({
      schema: 'nashlab-game/1',
      name,
      kind: 'normal-form',
      players: size.length,
      actions: size,
      ...(symmetric ? { symmetric } : {}),
      labels: symmetric ? labels[0] : labels,
      payoffs: payoffs.map((player) => nestedPayoffs(player, size)),
      ...described,
    }),
  };
}

/**
 * The game in which player i receives `payoffs[i][a0][a1]…`, numbers or texts such as "1/3". Throws `bad-game` naming the
 * list of a wrong length or the entry that is no number.
 */
export function normalFormGame(payoffs: readonly PayoffTensor[], options: NormalFormOptions = {}): NormalFormGame {
  const size = shapeOf(payoffs[0]);
  if (size.length !== payoffs.length || size.includes(0))
    throw new NashlabError('bad-game', {
      what: `payoffs[0] of ${size.length === 0 ? 'no lists' : `${size.join(' × ')} entries`} for ${payoffs.length} players`,
      where: 'payoffs',
      expected: 'payoffs[player][a0][a1]…: one tensor per player, with one level of lists per player',
    });
  const flat = payoffs.map((tensor, player) => flatPayoffs(tensor, size, `payoffs[${player}]`));
  return normalFormOf(flat, size, options);
}
