import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Scalar, Tensor } from '../src/numerics/tensor.ts';
import { freeStep } from '../src/solve/mirror.ts';
import type { Member } from '../src/solve/population.ts';
import { type Problem, type Profile, stepSpan } from '../src/solve/problem.ts';
import { meanParameter, populationFamily, sharesOf, weightsParameter } from './family.ts';
import { type Snapshot, snapshots } from './snapshots.ts';

interface League {
  /** Payoff vectors at the newest profile: how everyone does against it. */
  readonly payoffs: readonly Tensor[];
  readonly newest: Profile;
  readonly past: readonly Snapshot[];
  readonly exploiter: Profile;
  readonly exploiters: readonly Snapshot[];
}

/** What keeps a share above 0 when the newest beats every member for certain. */
const leastHardness = 1e-30;

/**
 * A league after AlphaStar: the newest policy meets itself, its own past, and exploiters that learn to beat it. Every `every`
 * steps the newest policy and the exploiter join the past, and a new exploiter starts at the reference; it takes steps of
 * multiplicative weights of size 1/span against the newest. Past members and exploiters are met in proportion to h^hardness, h
 * ½ + (payoff of the member − payoff of the newest)/span against the newest, within 0 … 1: the
 * win rate of the member where the preferences span 1.
 */
export const league = populationFamily({
  name: 'league',
  summary: 'itself, its past and exploiters that learn to beat it; who beats it is met more often',
  source: citations.vinyals2019,
  parameters: z.strictObject({
    every: z
      .number()
      .int()
      .min(1)
      .default(100)
      .describe('steps after which the newest policy and the exploiter join the past, at least 1; 100 if not given'),
    size: z.number().int().min(1).max(200).default(10).describe('members kept of each kind, 1 … 200; 10 if not given'),
    shares: weightsParameter.describe(
      'shares of itself, its past and the exploiters, such as 35/50/15, which are the default',
    ),
    hardness: z
      .number()
      .int()
      .min(0)
      .max(8)
      .default(2)
      .describe('power of the win rate by which members are met, an integer in 0 … 8: 0 is evenly; 2 if not given'),
    mean: meanParameter,
  }),
  positional: ['every'],
  examples: ['league:100', 'league:every=50,size=20,shares=1/1/1'],
  callsPerStep: () => 1,
  check(_game, { shares }) {
    sharesOf('league', shares, 3);
  },
  rule({ every, size, shares: given = [35, 50, 15], hardness, mean }, { game }) {
    const [own, before, against] = sharesOf('league', given, 3);
    const span = stepSpan(game);
    const keep = snapshots(size);

    /** h^hardness of a profile against the newest, `[B, 1]`. */
    const hardnessOf = ({ ops }: Problem, { payoffs, newest }: League, member: Profile): Tensor => {
      const roles = member.map((log, role) =>
        ops.sum(ops.mul(ops.sub(ops.exp(log), ops.exp(newest[role])), payoffs[role])),
      );
      const mean = ops.combine(
        roles.map(() => 1 / (span * roles.length)),
        roles,
      );
      const rate = ops.positivePart(ops.add(mean, 0.5));
      const most = ops.sub(rate, ops.positivePart(ops.sub(rate, 1)));
      let power = ops.fill(most.shape, 1);
      for (let k = 0; k < hardness; k++) power = ops.mul(power, most);
      return ops.add(power, leastHardness);
    };
    /** Members of one kind with their shares of `share`. */
    const met = (
      problem: Problem,
      memory: League,
      kind: readonly Snapshot[],
      share: Scalar,
      role: number,
    ): Member[] => {
      const { ops } = problem;
      const hard = kind.map(({ profile }) => hardnessOf(problem, memory, profile));
      const total = ops.combine(
        hard.map(() => 1),
        hard,
      );
      return kind.map(({ name, profile }, k) => ({
        name,
        weight: ops.mul(ops.div(hard[k], total), share),
        policy: profile[role],
      }));
    };
    return {
      mean,
      init(problem, start): League {
        return {
          payoffs: problem.payoffsAt(start),
          newest: start,
          past: [],
          exploiter: problem.reference,
          exploiters: [],
        };
      },
      members(problem, memory: League, present, role) {
        const { past, exploiters, exploiter } = memory;
        // Without a past, its share is the newest's.
        const itself = { name: 'newest', weight: own + (past.length === 0 ? before : 0), policy: present[role] };
        const hunters = [{ name: 'exploiter', profile: exploiter }, ...exploiters];
        return [
          itself,
          ...(past.length === 0 ? [] : met(problem, memory, past, before, role)),
          ...met(problem, memory, hunters, against, role),
        ].filter(({ weight }) => weight !== 0);
      },
      next(problem, memory: League, played, step): League {
        const joined = (step + 1) % every === 0;
        const exploiter = freeStep(problem, {
          centre: memory.exploiter,
          payoffs: memory.payoffs,
          stepSize: 1 / span,
        });
        const payoffs = problem.payoffsAt(played);
        if (!joined) return { ...memory, payoffs, newest: played, exploiter };
        return {
          payoffs,
          newest: played,
          past: keep(memory.past, `step ${step + 1}`, played),
          exploiter: problem.reference,
          exploiters: keep(memory.exploiters, `exploiter of step ${step + 1}`, exploiter),
        };
      },
    };
  },
});
