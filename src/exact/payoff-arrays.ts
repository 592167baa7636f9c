import { NashlabError } from '../core/errors.ts';
import { type Game, isMatrixGame } from '../solve/game.ts';
import { formedPayoffs, requireFormable } from './formed-payoffs.ts';

/**
 * A finite game written out: the payoff of player i for every joint action, in row-major order (the last player's action
 * moves fastest), so that joint action (a_0, …, a_{n−1}) stands at ((a_0·A_1 + a_1)·A_2 + …) + a_{n−1}.
 */
export interface PayoffArrays {
  /** Actions per player, `[n]`. */
  readonly actions: readonly number[];
  /** Per player, `[A_0·…·A_{n−1}]`. */
  readonly payoffs: readonly Float64Array[];
}

/** Number of joint actions. */
export function jointActions({ actions }: Pick<PayoffArrays, 'actions'>): number {
  return actions.reduce((product, count) => product * count, 1);
}

/** How far apart two joint actions stand that differ by one in one player's action, per player. */
export function stridesOf({ actions }: Pick<PayoffArrays, 'actions'>): number[] {
  return actions.map((_, player) => actions.slice(player + 1).reduce((product, count) => product * count, 1));
}

/** Largest minus smallest payoff of each player. */
export function spansOf({ payoffs }: PayoffArrays): number[] {
  return payoffs.map((values) => {
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return high - low;
  });
}

/** Throws `bad-game` naming the player, and the joint action of a payoff that is no number. */
export function checkPayoffArrays(game: PayoffArrays): void {
  const { actions, payoffs } = game;
  if (actions.length < 1 || actions.some((count) => !Number.isInteger(count) || count < 1))
    throw new NashlabError('bad-game', {
      what: `action counts [${actions.join(', ')}]`,
      where: 'actions',
      expected: 'at least one player, and at least one action for each',
    });
  if (payoffs.length !== actions.length)
    throw new NashlabError('bad-game', {
      what: `payoffs of ${payoffs.length} players`,
      where: 'payoffs',
      expected: `${actions.length}, one array per player`,
    });
  const count = jointActions(game);
  const strides = stridesOf(game);
  for (const [player, values] of payoffs.entries()) {
    if (values.length !== count)
      throw new NashlabError('bad-game', {
        what: `${values.length} payoffs`,
        where: `payoffs[${player}]`,
        expected: `${count}, one per joint action of ${actions.join(' × ')}`,
      });
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0)
      throw new NashlabError('bad-game', {
        what: `payoff ${values[wrong]}`,
        where: `payoffs[${player}], joint action (${strides.map((stride, p) => Math.floor(wrong / stride) % actions[p]).join(', ')})`,
        expected: 'a finite number',
      });
  }
}

/** A game that carries its payoffs at every joint action, as games of kind `normal-form` do. */
interface WrittenOut extends Game {
  /** Actions per player. */
  readonly size: readonly number[];
  readonly payoffs: readonly { readonly values: Float64Array }[];
}

function isWrittenOut(game: Game): game is WrittenOut {
  return game.kind === 'normal-form' && 'size' in game && 'payoffs' in game;
}

function requireOneDraw(game: Game): void {
  if (game.draws === 1) return;
  throw new NashlabError('not-applicable', {
    what: `the payoff arrays of ${game.draws} stacked draws of "${game.name}"`,
    expected: 'one draw at a time',
  });
}

/** Throws, without forming anything, what `payoffArrays` would. */
export function requirePayoffArrays(game: Game): void {
  requireOneDraw(game);
  if (!isWrittenOut(game) && !isMatrixGame(game)) requireFormable(game);
}

/**
 * The payoff arrays of a game, one per seat: as written, from its matrices, or by asking it for the payoffs of pure
 * policies.
 * @throws `not-applicable` for several draws, `too-large` for more than about a million payoffs that would have to be formed.
 */
export function payoffArrays(game: Game): PayoffArrays {
  requireOneDraw(game);
  if (isWrittenOut(game)) return { actions: [...game.size], payoffs: game.payoffs.map(({ values }) => values) };
  if (!isMatrixGame(game)) return formedPayoffs(game);
  const { rows, columns, values } = game.matrices[0];
  const other = game.matrices[game.matrices.length - 1];
  const second = Float64Array.from(values, (_, k) => other.values[(k % columns) * rows + Math.floor(k / columns)]);
  return { actions: [rows, columns], payoffs: [values.slice(), second] };
}
