import { bestResponseGain, type Evaluation } from './evaluation.ts';

export const playerImprovementsDefinition = 'best-response gain of each player, the others fixed';

/** Best-response gain of each seat in one run, in payoff units. */
export function playerImprovements(evaluation: Evaluation, run: number): number[] {
  const gains = evaluation.game.actions.map((_, role) => bestResponseGain(evaluation, role, run));
  return evaluation.game.roleOf.map((role) => gains[role]);
}
