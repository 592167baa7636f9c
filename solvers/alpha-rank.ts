import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { alphaRank as rank } from '../src/exact/alpha-rank.ts';
import { jointActions, payoffArrays, requirePayoffArrays, stridesOf } from '../src/exact/payoff-arrays.ts';
import { marginals } from '../src/solve/joint.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { requireOneRun } from './parts/one-run.ts';

const intensity = 'a number above 0, or infinity';

const params = z.strictObject({
  alpha: z
    .union([z.number().positive(intensity), z.literal('infinity')], { error: intensity })
    .default('infinity')
    .describe('ranking intensity in 1/payoff units: a number above 0, or infinity'),
  populations: z
    .enum(['each', 'one'])
    .default('each')
    .describe('a population for each player, or one that plays a symmetric two-player game against itself'),
  populationSize: z
    .int()
    .min(2)
    .max(1e6)
    .default(50)
    .describe('individuals per population; without meaning at infinity'),
  perturbation: z
    .number()
    .gt(0)
    .lt(0.5)
    .default(1e-6)
    .describe('at infinity: how often a worse mutant takes over, and a better one does not'),
  fitness: z
    .enum(['population', 'local'])
    .default('population')
    .describe('in one population: against all of it, or only of a mutant and a resident against each other'),
});

type Params = z.infer<typeof params>;

/**
 * α-rank: how often each joint action is what populations play in which single mutants appear and take over or die out.
 *
 *   p = pC,   C_rs = takeover probability of the mutant that makes joint action r into s, per choice of mutants
 *
 * The policies of the answer are p's marginals. In one population the states are its actions: all individuals are alike,
 * and both players play the same action.
 */
export const alphaRank: DirectDefinition<Params> = {
  name: 'alpha-rank',
  summary: 'the long-run share of each joint action where mutants take over populations by their fitness',
  source: citations.omidshafiei2019,
  conversion: 'alpha is α, populationSize is m; at α = ∞ perturbation is ε',
  family: 'exact',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'the stationary distribution of an evolution, over joint actions; in general no equilibrium',
  certificate: 'ce-gap',
  params,
  check(instance) {
    requireOneRun(instance, 'α-rank of');
    requirePayoffArrays(instance.game);
  },
  async answer({ game }, { alpha, ...options }) {
    const arrays = payoffArrays(game);
    const { states, mass, sinks, imbalance } = rank(arrays, {
      ...options,
      alpha: alpha === 'infinity' ? Infinity : alpha,
    });
    const strides = stridesOf(arrays);
    const probabilities = new Float64Array(jointActions(arrays));
    states.forEach((own, k) => {
      probabilities[strides.reduce((s, stride, seat) => s + stride * (own[seat] ?? own[0]), 0)] = mass[k];
    });
    const joint = { arrays, probabilities };
    const chains = `${sinks.length} ${sinks.length === 1 ? 'sink' : 'sinks'} of ${states.length} states`;
    return {
      profile: marginals(joint, game.roleOf),
      joint,
      method: `stationary distribution, in balance to ${imbalance.toExponential(0)}; ${chains}`,
    };
  },
};
