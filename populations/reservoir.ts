import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { stream } from '../src/random/streams.ts';
import type { Profile } from '../src/solve/problem.ts';
import { meanParameter, populationFamily } from './family.ts';

interface Kept {
  readonly name: string;
  readonly profile: Profile;
}

interface Reservoir {
  readonly kept: readonly Kept[];
  /** Policies seen so far. */
  readonly seen: number;
  /** How many must have been seen when the next one is taken, and the threshold of algorithm L. */
  readonly due: number;
  readonly threshold: number;
}

/**
 * A uniform sample of fixed size of all policies so far (reservoir sampling, Li's algorithm L): at any time every policy of
 * the past is in it with the same probability. What is drawn depends on `seed` and the step only, so runs of a batch share it.
 */
export const reservoir = populationFamily({
  name: 'reservoir',
  summary: 'a uniform random sample of fixed size of all policies so far, with equal weights',
  source: citations.heinrich2016,
  parameters: z.strictObject({
    size: z
      .number()
      .int()
      .min(1)
      .max(1000)
      .default(10)
      .describe('policies kept, an integer in 1 … 1000; 10 if not given'),
    seed: z.string().min(1).default('0').describe('seed of the sample, a number or a word; 0 if not given'),
    mean: meanParameter,
  }),
  positional: ['size'],
  examples: ['reservoir:10', 'reservoir:size=20,seed=7'],
  rule({ size, seed, mean }) {
    /** Threshold and next policy after one was taken: the gap is geometric in the threshold. */
    const draw = (seen: number, before: number): Pick<Reservoir, 'due' | 'threshold'> => {
      const { uniform } = stream(seed, 'population', 'reservoir', seen);
      const threshold = before * Math.exp(Math.log(1 - uniform()) / size);
      return { threshold, due: seen + 1 + Math.floor(Math.log(1 - uniform()) / Math.log1p(-threshold)) };
    };
    return {
      mean,
      init: (_problem, start): Reservoir => ({
        kept: [{ name: 'start', profile: start }],
        seen: 1,
        ...(size === 1 ? draw(1, 1) : { due: 2, threshold: 1 }),
      }),
      members: (_problem, { kept }: Reservoir, _present, role) =>
        kept.map(({ name, profile }) => ({ name, weight: 1 / kept.length, policy: profile[role] })),
      next(_problem, memory: Reservoir, played, step): Reservoir {
        const seen = memory.seen + 1;
        if (seen < memory.due) return { ...memory, seen };
        const entry = { name: `step ${step + 1}`, profile: played };
        if (seen < size) return { ...memory, kept: [...memory.kept, entry], seen, due: seen + 1 };
        if (seen === size) return { kept: [...memory.kept, entry], seen, ...draw(seen, 1) };
        const slot = stream(seed, 'population', 'slot', seen).integer(size);
        return { kept: memory.kept.with(slot, entry), seen, ...draw(seen, memory.threshold) };
      },
    };
  },
});
