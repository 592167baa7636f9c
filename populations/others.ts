import { z } from 'zod';
import { populationFamily } from './family.ts';

/**
 * Every seat plays its player's present policy, all at once: plain self-play in a game whose seats share one policy, and
 * what every solver does without a population. The members of a player are the
 * others' policies, with equal weights.
 */
export const others = populationFamily({
  name: 'others',
  summary: 'every seat plays its player’s present policy, all at once; what solvers do without a population',
  parameters: z.strictObject({}),
  positional: [],
  examples: ['others'],
  selfPlay: () => true,
  rule: (_, { game: { roleOf } }) => ({
    mean: 'arithmetic',
    init: () => ({}),
    members(_problem, _memory, present, role) {
      if (present.length === 1) return [{ name: 'itself', weight: 1, policy: present[0] }];
      const own = roleOf.indexOf(role);
      const rivals = roleOf.flatMap((other, seat) => (seat === own ? [] : [{ other, seat }]));
      return rivals.map(({ other, seat }) => ({
        name: `player ${seat + 1}`,
        weight: 1 / rivals.length,
        policy: present[other],
      }));
    },
    payoffs: (problem, _memory, present) => problem.payoffsAt(present),
    next: (_problem, memory) => memory,
  }),
});
