import type { Matrix } from '../../src/solve/game.ts';
import { beats } from './majority.ts';

/** The action among 0 … n − 1 that beats every other, or undefined when there is none; asks for at most 3n pairs. */
export function winnerOfAll(n: number, wins: (a: number, b: number) => boolean): number | undefined {
  // Only the survivor of a knock-out can beat everyone, so one round of checks suffices.
  let champion = 0;
  for (let other = 1; other < n; other++) if (!wins(champion, other)) champion = other;
  for (let other = 0; other < n; other++) if (other !== champion && !wins(champion, other)) return undefined;
  return champion;
}

/** The action that beats every other by a strict majority, or undefined when there is none. */
export function condorcetWinner(preferences: Matrix): number | undefined {
  return winnerOfAll(preferences.rows, (a, b) => beats(preferences, a, b));
}
