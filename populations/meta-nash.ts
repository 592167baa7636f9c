import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { NashlabError } from '../src/core/errors.ts';
import type { Ops } from '../src/numerics/ops.ts';
import type { Tensor } from '../src/numerics/tensor.ts';
import { type Problem, type Profile, stepSpan } from '../src/solve/problem.ts';
import { meanParameter, populationFamily } from './family.ts';
import { type Snapshot, snapshots } from './snapshots.ts';

/** A profile of the pool with its payoff vectors: what everyone earns against it. */
interface Pooled extends Snapshot {
  readonly payoffs: readonly Tensor[];
}

interface MetaNash {
  readonly pool: readonly Pooled[];
  /** Share of each member in its role's equilibrium, `[B, 1]`, by role and member. */
  readonly shares: readonly (readonly Tensor[])[];
}

/** Entry i of Σ_j M[i][j]·w_j, `[B, 1]` each. */
function times(ops: Ops, matrix: readonly (readonly Tensor[])[], weights: readonly Tensor[]): Tensor[] {
  return matrix.map((row) => {
    const [first, ...rest] = row.map((entry, j) => ops.mul(entry, weights[j]));
    return rest.reduce((sum, term) => ops.add(sum, term), first);
  });
}

/** w_i·exp(η·(g_i − ⟨w, g⟩ − α·log w_i)), normalised: a constant in the payoffs changes nothing and overflows nothing. */
function stepOf(ops: Ops, weights: readonly Tensor[], gains: readonly Tensor[], step: number, alpha: number): Tensor[] {
  const [mean] = times(ops, [gains], weights);
  const moved = weights.map((weight, i) =>
    ops.mul(weight, ops.exp(ops.combine([step, -step, -step * alpha], [gains[i], mean, ops.log(weight)]))),
  );
  const total = moved.slice(1).reduce((sum, term) => ops.add(sum, term), moved[0]);
  return moved.map((weight) => ops.div(weight, total));
}

/**
 * The equilibrium of the meta-game between the members of the pool, regularised by a hundredth of the span: 200 steps of
 * mirror-prox from the uniform mixture.
 */
function equilibrium({ ops }: Problem, pool: readonly Pooled[], roles: number, span: number): Tensor[][] {
  const matrices = Array.from({ length: roles }, (_, role) =>
    pool.map(({ profile }) => pool.map(({ payoffs }) => ops.sum(ops.mul(ops.exp(profile[role]), payoffs[role])))),
  );
  const [{ shape }] = matrices[0][0];
  let shares = matrices.map(() => pool.map(() => ops.fill(shape, 1 / pool.length)));
  const against = (at: readonly (readonly Tensor[])[]) =>
    shares.map((own, role) => {
      const opponent = at[roles === 1 ? 0 : 1 - role];
      return stepOf(ops, own, times(ops, matrices[role], opponent), 1 / span, span / 100);
    });
  for (let step = 0; step < 200; step++) shares = against(against(shares));
  return shares;
}

/**
 * Policy-space response oracles as a rule: every `every` steps the newest profile joins a pool, and until then the opponents
 * are the equilibrium mixture of the pool, found on the meta-game of its members. So the solver is the oracle that answers the
 * mixture; the solver `psro` is the method with exact responses and any meta-solver.
 */
export const metaNash = populationFamily({
  name: 'meta-nash',
  summary: 'the equilibrium mixture of a pool of past policies, which the newest joins now and then (PSRO)',
  source: citations.lanctot2017,
  parameters: z.strictObject({
    every: z
      .number()
      .int()
      .min(1)
      .default(100)
      .describe('steps from one joining to the next, at least 1; 100 if not given'),
    size: z.number().int().min(1).max(32).default(8).describe('members of the pool, 1 … 32; 8 if not given'),
    mean: meanParameter,
  }),
  positional: ['every'],
  examples: ['meta-nash:100', 'meta-nash:every=50,size=16'],
  callsPerStep: ({ every }) => 1 / every,
  check({ name, roleOf }) {
    if (roleOf.length === 2) return;
    throw new NashlabError('not-applicable', {
      what: `population "meta-nash" in "${name}", a game of ${roleOf.length} players`,
      expected: 'a game of two players; the solver "psro" takes any number',
    });
  },
  rule({ every, size, mean }, { game }) {
    const keep = snapshots(size);
    const span = stepSpan(game);
    const joined = (problem: Problem, before: readonly Pooled[], name: string, profile: Profile): MetaNash => {
      const known = new Map<Profile, readonly Tensor[]>(before.map((member) => [member.profile, member.payoffs]));
      const pool = keep(before, name, profile).map((member) => ({
        ...member,
        payoffs: known.get(member.profile) ?? problem.payoffsAt(profile),
      }));
      return { pool, shares: equilibrium(problem, pool, profile.length, span) };
    };
    return {
      mean,
      init: (problem, start) => joined(problem, [], 'start', start),
      members: (_problem, { pool, shares }: MetaNash, _present, role) =>
        pool.map(({ name, profile }, k) => ({ name, weight: shares[role][k], policy: profile[role] })),
      next(problem, memory: MetaNash, played, step) {
        if ((step + 1) % every !== 0) return memory;
        return joined(problem, memory.pool, `step ${step + 1}`, played);
      },
    };
  },
});
