import type { Evaluation } from './evaluation.ts';

export const playerImprovementsDefinition = 'best-response gain of each player, the others fixed';

/** Sum over seats of the best-response gain in one run, in payoff units. */
export function totalImprovement({ gains, seats }: Evaluation, run: number): number {
  let total = 0;
  for (let role = 0; role < gains.length; role++) total += seats[role] * gains[role][run];
  return total;
}

/** The largest best-response gain of any seat in one run. */
export function largestImprovement({ gains }: Evaluation, run: number): number {
  let largest = gains[0][run];
  for (let role = 1; role < gains.length; role++) largest = Math.max(largest, gains[role][run]);
  return largest;
}
