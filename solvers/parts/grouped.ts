import { z } from 'zod';
import { groupRewards, winsAgainst } from '../../src/exact/group-payoffs.ts';
import { lawOf, type PairLaw } from '../../src/exact/rewards.ts';
import { requireGroups } from '../../src/solve/game.ts';
import { type Instance, temperatureOf } from '../../src/solve/problem.ts';
import { requireOneRun } from './one-run.ts';

/** What a group counts: how it is asked for. */
export const payoffWords = {
  reward: 'Bradley–Terry rewards of each group, as gains over the reference',
  'win-rate': 'how often each group prefers the policy to the reference',
} as const;

export type GroupPayoff = keyof typeof payoffWords;

/** The law of pairs that the groups' rewards are fitted to. */
export const groupSampling = z
  .enum(['reference', 'uniform'])
  .default('reference')
  .describe('of payoff reward: the law that both actions of a compared pair are drawn from; the rewards are its fit');

/** The groups of an instance of one run. @param name of the method that needs them. */
export function groupsOf(instance: Instance, name: string) {
  requireOneRun(instance, `"${name}" on`);
  return requireGroups(instance.game, `"${name}"`);
}

/** c_g, `[A]` each: what every action counts for each group. */
export function payoffsOfGroups(
  instance: Instance,
  name: string,
  payoff: GroupPayoff,
  sampling: PairLaw,
): Float64Array[] {
  const game = groupsOf(instance, name);
  const [reference] = instance.reference;
  if (payoff === 'reward') return groupRewards(game, lawOf(sampling, game, instance.reference), reference);
  const opponent = reference.map(Math.exp);
  return game.groups.map((group) => winsAgainst(group, opponent));
}

/** Σ w_g c_g, `[A]`: what the population counts. */
export function pooledPayoffs(weights: readonly number[], columns: readonly Float64Array[]): Float64Array {
  return columns[0].map((_, a) => columns.reduce((sum, column, g) => sum + weights[g] * column[a], 0));
}

/** log ρ and τ, as methods in closed form ask for them. */
export function nearReference(instance: Instance) {
  return { reference: instance.reference[0], temperature: temperatureOf(instance, 0) };
}

/** `human 0.62, bard 0.38`: the largest of some weights by name. */
export function heaviest(names: readonly string[], weights: ArrayLike<number>): string {
  const order = names.map((_, k) => k).sort((a, b) => weights[b] - weights[a]);
  const shown = order.filter((k) => weights[k] > 1e-6).slice(0, 3);
  return shown.map((k) => `${names[k]} ${Number(weights[k].toPrecision(3))}`).join(', ');
}
