import { type Game, isGroupedGame, type PreferenceGroup } from '../solve/game.ts';
import { type HostProfile, type Instance, rowsOfRun } from '../solve/problem.ts';
import type { MetricValues } from '../solve/solution.ts';
import { type Evaluation, rowOffset } from './evaluation.ts';
import { type Metric, perRun } from './metric.ts';

export const groupWinRatesDefinition =
  'P_g(π ≻ ρ) of each group g of judges: how often it prefers an action of the policy to an action of the reference';

/** xᵀP_g, `[A]`: how often a policy x (probabilities) wins against each action, as group g judges. */
function winsOver({ matrix: { rows, columns, values } }: PreferenceGroup, policy: Float64Array): Float64Array {
  const wins = new Float64Array(columns);
  for (let a = 0; a < rows; a++)
    if (policy[a] !== 0) for (let b = 0; b < columns; b++) wins[b] += policy[a] * values[a * columns + b];
  return wins;
}

/** P_g(π ≻ ρ) of every group. @param policy, @param reference probabilities, `[A]`. */
export function groupWinRates(
  groups: readonly PreferenceGroup[],
  policy: Float64Array,
  reference: Float64Array,
): number[] {
  return groups.map((group) => winsOver(group, policy).reduce((sum, wins, b) => sum + wins * reference[b], 0));
}

/** The win rates of the groups of a run's policy, where the game has groups. @param log log π, `[A]`. */
export function measuredOfGroups({ game, reference }: Instance, run: number, [log]: HostProfile): MetricValues {
  if (!isGroupedGame(game)) return {};
  const [own] = rowsOfRun(reference, game.actions, run);
  return { 'group-win-rates': groupWinRates(game.groups, log.map(Math.exp), own.map(Math.exp)) };
}

const groupsOf = (game: Game): readonly PreferenceGroup[] => (isGroupedGame(game) ? game.groups : []);
const least = (values: Iterable<number>): number => {
  let low = Infinity;
  for (const value of values) low = value < low || Number.isNaN(value) ? value : low;
  return low;
};

const policyOf = ({ probabilities: [rows], game }: Evaluation, run: number): Float64Array =>
  rows.subarray(run * game.actions[0], (run + 1) * game.actions[0]);

/** The smallest win rate against the reference that any group grants. */
export const worstGroupWinRate: Metric = {
  name: 'worst-group-win-rate',
  unit: 'probability',
  better: 'higher',
  definition:
    'min over groups g of judges of P_g(π ≻ ρ): what the group that likes the policy least, against the reference, grants it; ½ at the reference',
  applies: isGroupedGame,
  evaluate: perRun((evaluation, run) => {
    const { game, reference } = evaluation;
    const from = rowOffset(reference[0], game.actions[0], run);
    const opponent = reference[0].subarray(from, from + game.actions[0]).map(Math.exp);
    return least(groupWinRates(groupsOf(game), policyOf(evaluation, run), opponent));
  }),
};

/** The smallest win rate that any group grants against any opponent. */
export const worstGroupValue: Metric = {
  name: 'worst-group-value',
  unit: 'probability',
  better: 'higher',
  definition:
    'min over groups g of judges and actions b of P_g(π ≻ b): the win rate that every group grants the policy against every opponent; at most ½, and largest at the answer of group-minimax',
  applies: isGroupedGame,
  evaluate: perRun((evaluation, run) =>
    least(groupsOf(evaluation.game).map((group) => least(winsOver(group, policyOf(evaluation, run))))),
  ),
};
