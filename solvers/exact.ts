import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { requireConstantSum, zeroSumEquilibrium } from '../src/exact/zero-sum.ts';
import { temperatureOf } from '../src/solve/problem.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { regularisedAnswer } from './newton.ts';
import { oneMatrixGame } from './parts/one-run.ts';

/** The independent answer: linear programming at τ = 0, `newton` at τ > 0. */
export const exact: DirectDefinition = {
  name: 'exact',
  summary: 'no iteration: a linear program at τ = 0, Newton on the quantal response equation at τ > 0',
  source: citations.mckelvey1995,
  family: 'exact',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'both',
  params: z.strictObject({}),
  check(instance) {
    const game = oneMatrixGame(instance, 'exact');
    if (temperatureOf(instance, 0) === 0) requireConstantSum(game);
  },
  async answer(instance) {
    const game = oneMatrixGame(instance, 'exact');
    if (temperatureOf(instance, 0) > 0) return regularisedAnswer(instance, 0);
    const { row, column, method } = await zeroSumEquilibrium(game);
    const policies = game.actions.length === 1 ? [row] : [row, column];
    return { profile: policies.map((policy) => policy.map(Math.log)), method };
  },
};
