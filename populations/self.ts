import { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import type { Game } from '../src/solve/game.ts';
import { populationFamily } from './family.ts';

/** Games in which a player can sit in every seat. */
function requireSharedActions({ name, actions }: Game): void {
  if (actions.every((count) => count === actions[0])) return;
  throw new NashlabError('not-applicable', {
    what: `population "self" in "${name}", whose players have ${actions.join(', ')} actions`,
    expected: 'players with the same actions, or the population "others"',
  });
}

/**
 * Every player meets copies of itself: all other seats play its own present policy. Where all seats share one policy, the same
 * as `others`.
 */
export const self = populationFamily({
  name: 'self',
  summary: 'every player meets copies of itself: all other seats play its own present policy',
  parameters: z.strictObject({}),
  positional: [],
  examples: ['self'],
  selfPlay: ({ actions }) => actions.length === 1,
  check: (game) => requireSharedActions(game),
  rule: () => ({
    mean: 'arithmetic',
    init: () => ({}),
    members: (_problem, _memory, present, role) => [{ name: 'itself', weight: 1, policy: present[role] }],
    payoffs(problem, _memory, present) {
      if (present.length === 1) return problem.payoffsAt(present);
      const own = present.map((log) => problem.ops.exp(log));
      return problem.payoffsSeen((role) => own.map(() => own[role]));
    },
    next: (_problem, memory) => memory,
  }),
});
