import { NashlabError } from '../core/errors.ts';
import { cpuBackend, hostValues } from '../numerics/cpu/backend.ts';
import type { Tensor } from '../numerics/tensor.ts';
import type { Game } from '../solve/game.ts';

/** Payoffs of all players together that are formed from a game that is not given by them. */
export const formedLimit = 2 ** 20;
/** Probabilities that one evaluation holds. */
const chunkNumbers = 2 ** 18;

/** Actions per player, and how far apart joint actions stand that differ by one in one player's, in row-major order. */
interface Layout {
  readonly actions: readonly number[];
  readonly strides: readonly number[];
  readonly count: number;
}

function layoutOf({ roleOf, actions: perRole }: Game): Layout {
  const actions = roleOf.map((role) => perRole[role]);
  const strides = new Array<number>(actions.length);
  let count = 1;
  for (let player = actions.length - 1; player >= 0; player--) {
    strides[player] = count;
    count *= actions[player];
  }
  return { actions, strides, count };
}

/** Throws `too-large` for a game whose payoffs at every joint action are too many to be formed. */
export function requireFormable(game: Game): void {
  const { count, actions } = layoutOf(game);
  if (count * actions.length <= formedLimit) return;
  const joint = count < 1e15 ? `${count}` : count < Infinity ? count.toExponential(0) : 'more than 1e308';
  throw new NashlabError('too-large', {
    what: `the payoffs of "${game.name}" at every joint action, ${joint} of them for each of ${actions.length} players`,
    expected: `at most ${formedLimit} payoffs in all; iterative solvers need none of them`,
  });
}

/** The payoffs of one seat: it is asked what its actions receive while the others play each of their joint actions. */
function seatPayoffs(game: Game, { actions, strides, count }: Layout, seat: number): Float64Array {
  const backend = cpuBackend({ reproducible: true });
  const { ops, scope } = backend;
  const placed = game.place(ops);
  const own = actions[seat];
  const others = count / own;
  const width = actions.reduce((sum, each) => sum + each, 0);
  const chunk = Math.max(1, Math.min(others, Math.floor(chunkNumbers / width)));
  const payoffs = new Float64Array(count);
  // Joint actions in which the seat plays its first action, in order.
  const firstAt = (k: number): number => Math.floor(k / strides[seat]) * strides[seat] * own + (k % strides[seat]);
  for (let from = 0; from < others; from += chunk) {
    const rows = Math.min(chunk, others - from);
    const pure = (player: number): Tensor => {
      const values = new Float64Array(rows * actions[player]);
      for (let r = 0; r < rows; r++)
        values[r * actions[player] + (Math.floor(firstAt(from + r) / strides[player]) % actions[player])] = 1;
      return ops.tensor(values, [rows, actions[player]]);
    };
    scope(() => {
      const found = hostValues(
        placed.payoffs(
          seat,
          actions.map((_, player) => pure(player)),
        ),
      );
      for (let r = 0; r < rows; r++)
        for (let a = 0; a < own; a++) payoffs[firstAt(from + r) + a * strides[seat]] = found[r * own + a];
    });
  }
  backend.release(placed.tensors);
  return payoffs;
}

/** In a game whose players share one policy it does not matter who of the others plays what: seat i by the first seat's. */
function turned(first: Float64Array, { actions, strides, count }: Layout, seat: number): Float64Array {
  const [n] = actions;
  return Float64Array.from({ length: count }, (_, s) => {
    const own = Math.floor(s / strides[seat]) % n;
    // The seat's action goes to the front, the actions before it move one place back.
    const before = Math.floor(s / (strides[seat] * n));
    return first[own * strides[0] + before * strides[seat] + (s % strides[seat])];
  });
}

/**
 * The payoffs of every player at every joint action, by asking the game for them at pure policies; row-major, one array of
 * `[A_0·…·A_{n−1}]` per player. Exact to the rounding of the game's own evaluation. Throws `too-large`.
 */
export function formedPayoffs(game: Game): { readonly actions: number[]; readonly payoffs: Float64Array[] } {
  requireFormable(game);
  const layout = layoutOf(game);
  const actions = [...layout.actions];
  if (game.actions.length > 1) return { actions, payoffs: actions.map((_, seat) => seatPayoffs(game, layout, seat)) };
  const first = seatPayoffs(game, layout, 0);
  return { actions, payoffs: actions.map((_, seat) => (seat === 0 ? first : turned(first, layout, seat))) };
}
