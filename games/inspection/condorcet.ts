import type { Matrix } from '../../src/solve/game.ts';
import { beats } from './majority.ts';

/** The action that beats every other by a strict majority, or undefined when there is none. */
export function condorcetWinner(preferences: Matrix): number | undefined {
  const n = preferences.rows;
  // Only the survivor of a knock-out can beat everyone, so one round of checks suffices.
  let champion = 0;
  for (let other = 1; other < n; other++) if (!beats(preferences, champion, other)) champion = other;
  for (let other = 0; other < n; other++)
    if (other !== champion && !beats(preferences, champion, other)) return undefined;
  return champion;
}
