import type { MatrixGame } from '../../src/solve/game.ts';
import type { NormalFormGame } from '../players/normal-form.ts';
import { actionsAt, jointActions } from '../players/payoff-tensor.ts';
import { transposed } from '../rows.ts';

/** The equilibria in which no player draws lots. */
export interface PureEquilibria {
  readonly count: number;
  /** The first hundred: each player's action by its label. */
  readonly profiles: readonly (readonly string[])[];
}

const listed = 100;
/** Joint actions times players looked at: a second's work. */
const largest = 5e7;

/** Gains below this share of the payoff span are rounding of payoffs that are equal. */
const rounding = 1e-12;

/** Marks the joint actions at which one player could gain more than `slack`. */
function markImprovable(
  values: Float64Array,
  size: readonly number[],
  player: number,
  slack: number,
  improvable: Uint8Array,
): void {
  const own = size[player];
  const step = jointActions(size.slice(player + 1));
  for (let block = 0; block < values.length; block += own * step)
    for (let from = block; from < block + step; from++) {
      let best = -Infinity;
      for (let k = 0; k < own; k++) best = Math.max(best, values[from + k * step]);
      for (let k = 0; k < own; k++) if (values[from + k * step] < best - slack) improvable[from + k * step] = 1;
    }
}

/** Joint actions at which nobody gains more than `slack` by another action of its own. */
function stableActions(payoffs: readonly Float64Array[], size: readonly number[], slack: number): number[] {
  const improvable = new Uint8Array(payoffs[0].length);
  payoffs.forEach((values, player) => {
    markImprovable(values, size, player, slack, improvable);
  });
  return Array.from(improvable.keys()).filter((index) => improvable[index] === 0);
}

/** All pure equilibria, up to gains of 1e-12 × payoff span; undefined where looking at every joint action would take long. */
export function pureEquilibria(game: MatrixGame | NormalFormGame): PureEquilibria | undefined {
  const size = 'size' in game ? game.size : game.matrices.map(({ rows }) => rows);
  if (jointActions(size) * size.length > largest) return undefined;
  const payoffs =
    'size' in game
      ? game.payoffs.map(({ values }) => values)
      : [game.matrices[0].values, transposed(game.matrices[1]).values];
  const stable = stableActions(payoffs, size, rounding * game.payoffSpan);
  const profiles = stable
    .slice(0, listed)
    .map((index) => actionsAt(index, size).map((action, player) => game.labels[game.roleOf[player]][action]));
  return { count: stable.length, profiles };
}
