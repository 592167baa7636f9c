import type { Matrix } from '../../src/solve/game.ts';
import { beats } from './majority.ts';

/**
 * The Smith set: the smallest non-empty set whose members each beat every action outside by a strict majority. Ascending.
 * A member beats all actions outside and an outsider none inside, so members win most and the set is a prefix of that order.
 */
export function smithSet(preferences: Matrix): number[] {
  const n = preferences.rows;
  const wins = Array.from({ length: n }, (_, a) => {
    let count = 0;
    for (let b = 0; b < n; b++) count += beats(preferences, a, b) ? 1 : 0;
    return count;
  });
  const order = wins.map((_, a) => a).sort((a, b) => wins[b] - wins[a]);
  let size = 1;
  for (let member = 0; member < size; member++)
    for (let outside = n - 1; outside >= size; outside--)
      if (!beats(preferences, order[member], order[outside])) size = outside + 1;
  return order.slice(0, size).sort((a, b) => a - b);
}
