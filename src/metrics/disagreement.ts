import { type Game, isMatrixGame } from '../solve/game.ts';
import type { Evaluation } from './evaluation.ts';
import { type Metric, perRun } from './metric.ts';

/** Each player is compared with each other: so many at most. */
const mostRoles = 64;

/** Whether several players choose from one list of actions. Rows and columns of a matrix are never taken for one list. */
function choosesFromOneList(game: Game): boolean {
  const { labels, actions } = game;
  if (isMatrixGame(game) || actions.length < 2 || actions.length > mostRoles) return false;
  return labels.every((list) => list.length === labels[0].length && list.every((label, a) => label === labels[0][a]));
}

/** ½·Σ_a |π_i(a) − π_j(a)| of two roles in one run. */
function distance({ probabilities, game }: Evaluation, i: number, j: number, run: number): number {
  const count = game.actions[i];
  const offset = run * count;
  const [one, other] = [probabilities[i], probabilities[j]];
  let sum = 0;
  for (let a = offset; a < offset + count; a++) sum += Math.abs(one[a] - other[a]);
  return sum / 2;
}

/** The largest total-variation distance between the policies of two players, in games of up to 64 players of their own. */
export const disagreement: Metric = {
  name: 'disagreement',
  unit: 'probability',
  better: 'neither',
  definition:
    'the largest total-variation distance between the policies of two players who choose from one list of actions: 0 where all play alike, 1 where two have no action in common',
  applies: choosesFromOneList,
  evaluate: perRun((evaluation, run) => {
    const roles = evaluation.game.actions.length;
    let largest = 0;
    for (let i = 0; i < roles; i++)
      for (let j = 0; j < i; j++) {
        const between = distance(evaluation, i, j, run);
        // NaN must not be passed over.
        if (!(between <= largest)) largest = between;
      }
    return largest;
  }),
};
