import { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import { quantalResponse } from '../src/exact/quantal-response.ts';
import { requireConstantSum, zeroSumEquilibrium } from '../src/exact/zero-sum.ts';
import { type MatrixGame, requireMatrices } from '../src/solve/game.ts';
import { type Instance, temperatureOf } from '../src/solve/problem.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { citations } from './citations.ts';

/** The one game of an instance of a single run. */
function matrixGameOf({ game, runs }: Instance): MatrixGame {
  if (runs === 1) return requireMatrices(game, '"exact"');
  throw new NashlabError('not-applicable', { what: `"exact" on ${runs} runs of "${game.name}"`, expected: 'one run' });
}

/** The independent answer: linear programming at τ = 0, Newton's method on the quantal response equation at τ > 0. */
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
    const game = matrixGameOf(instance);
    if (temperatureOf(instance, 0) === 0) requireConstantSum(game);
  },
  async answer(instance) {
    const game = matrixGameOf(instance);
    const temperature = temperatureOf(instance, 0);
    if (temperature > 0) {
      const { profile, newtonSteps } = quantalResponse(game, temperature, instance.reference);
      const steps = `${newtonSteps} ${newtonSteps === 1 ? 'step' : 'steps'}`;
      return { profile, method: `Newton on the quantal response equation (${steps})` };
    }
    const { row, column, method } = await zeroSumEquilibrium(game);
    const policies = game.actions.length === 1 ? [row] : [row, column];
    return { profile: policies.map((policy) => policy.map(Math.log)), method };
  },
};
