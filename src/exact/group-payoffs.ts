import type { GroupedGame, Matrix, PreferenceGroup } from '../solve/game.ts';
import { bradleyTerryRewards } from './bradley-terry.ts';

/** P_g·μ: how often each action wins in a group against a policy μ (probabilities `[A]`); `[A]`. */
export function winsAgainst({ matrix: { rows, columns, values } }: PreferenceGroup, opponent: Float64Array) {
  return Float64Array.from({ length: rows }, (_, a) => {
    let sum = 0;
    for (let b = 0; b < columns; b++) sum += values[a * columns + b] * opponent[b];
    return sum;
  });
}

/** A group's preferences as a game of their own. */
function gameOfGroup(game: GroupedGame, { name, matrix }: PreferenceGroup) {
  const { groups: _, entries: __, ...rest } = game;
  return { ...rest, name: `${game.name}, group ${name}`, matrices: [matrix] };
}

/**
 * Bradley–Terry rewards of every group, `[A]` each, fitted to its preferences under a law of pairs (log w, `[A]`).
 * Comparisons leave a constant of each group open, which a smallest reward depends on: here the reference (log ρ, `[A]`)
 * has reward 0 in every group, so that E_π[r_g] is what a policy gains over it.
 * @throws `not-applicable`, naming the group, where no finite fit exists.
 */
export function groupRewards(game: GroupedGame, law: Float64Array, reference: Float64Array): Float64Array[] {
  return game.groups.map((group) => {
    const rewards = bradleyTerryRewards(gameOfGroup(game, group), law);
    const mean = rewards.reduce((sum, reward, a) => sum + Math.exp(reference[a]) * reward, 0);
    return rewards.map((reward) => reward - mean);
  });
}

/** [P_1 | P_2 | …], `[A, G·A]`: what a policy wins where an adversary picks the group and the opponent. */
export function stackedPreferences({ groups, actions: [count] }: GroupedGame): Matrix {
  const columns = groups.length * count;
  const values = new Float64Array(count * columns);
  groups.forEach(({ matrix }, g) => {
    for (let a = 0; a < count; a++)
      values.set(matrix.values.subarray(a * count, (a + 1) * count), a * columns + g * count);
  });
  return { rows: count, columns, values };
}

/** Name of the group that is given least, and what that is. */
export function worstOf(
  groups: readonly PreferenceGroup[],
  values: ArrayLike<number>,
): { name: string; value: number } {
  let worst = 0;
  for (let g = 1; g < groups.length; g++) if (values[g] < values[worst]) worst = g;
  return { name: groups[worst].name, value: values[worst] };
}

/** Scores u_g = P_g·μ of every group under every one of some laws, and the same by action. */
export interface GroupScores {
  readonly laws: number;
  readonly groups: number;
  /** `[laws, G, A]` and `[laws, A, G]`. */
  readonly byGroup: Float64Array;
  readonly byAction: Float64Array;
}

/** @param laws probabilities, `[laws, A]` row-major. */
export function groupScores({ groups, actions: [count] }: GroupedGame, laws: Float64Array): GroupScores {
  const size = groups.length * laws.length;
  const [byGroup, byAction] = [new Float64Array(size), new Float64Array(size)];
  for (let law = 0; law < laws.length / count; law++)
    groups.forEach((group, g) => {
      winsAgainst(group, laws.subarray(law * count, (law + 1) * count)).forEach((score, a) => {
        byGroup[(law * groups.length + g) * count + a] = score;
        byAction[(law * count + a) * groups.length + g] = score;
      });
    });
  return { laws: laws.length / count, groups: groups.length, byGroup, byAction };
}
