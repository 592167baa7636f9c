import { z } from 'zod';
import { NashlabError } from '../src/core/errors.ts';
import { quantalResponse } from '../src/exact/quantal-response.ts';
import { zeroSumEquilibrium } from '../src/exact/zero-sum.ts';
import { isMatrixGame } from '../src/solve/game.ts';
import { temperatureOf } from '../src/solve/problem.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { citations } from './citations.ts';

/** The independent answer: linear programming at τ = 0, Newton's method on the quantal response equation at τ > 0. */
export const exact: DirectDefinition = {
  name: 'exact',
  summary: 'no iteration: a linear program at τ = 0, Newton on the quantal response equation at τ > 0',
  source: citations.mckelvey1995,
  iterate: 'last',
  equilibrium: 'both',
  params: z.strictObject({}),
  async answer(instance) {
    const { game } = instance;
    if (!isMatrixGame(game) || instance.runs !== 1)
      throw new NashlabError('not-applicable', {
        what: `"exact" on "${game.name}"`,
        expected: 'a two-player matrix game, one run',
      });
    const temperature = temperatureOf(instance, 0);
    if (temperature > 0) {
      const { profile, newtonSteps } = quantalResponse(game, temperature, instance.reference);
      return {
        profile,
        method: `Newton on the quantal response equation (${newtonSteps} ${newtonSteps === 1 ? 'step' : 'steps'})`,
      };
    }
    const { row, column, method } = await zeroSumEquilibrium(game);
    const policies = game.actions.length === 1 ? [row] : [row, column];
    return { profile: policies.map((policy) => policy.map(Math.log)), method };
  },
};
