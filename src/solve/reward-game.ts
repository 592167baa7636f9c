import type { Game } from './game.ts';

/**
 * The game whose payoffs are rewards, whoever the opponent is: u(π') = r. Seats and actions are those of the game the
 * rewards were read from, and so is the payoff span, which schedules mean by `span`.
 * @param rewards r, `[R, A]` row-major: one row for all runs, or one each.
 */
export function rewardGame(game: Game, rewards: Float64Array): Game {
  const [actions] = game.actions;
  const draws = rewards.length / actions;
  return {
    name: `the rewards of ${game.name}`,
    kind: 'rewards',
    labels: game.labels,
    roleOf: game.roleOf,
    actions: game.actions,
    draws,
    sum: 'general',
    payoffSpan: game.payoffSpan,
    bytes: rewards.byteLength,
    place(ops) {
      const matrix = ops.tensor(rewards, [draws, actions, 1]);
      return {
        tensors: [matrix],
        payoffs: (seat, policies) => ops.matVec(matrix, ops.fill([policies[1 - seat].shape[0], 1], 1)),
      };
    },
  };
}
