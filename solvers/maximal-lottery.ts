import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { maximalLottery as lotteryOf, requireMargins } from '../src/exact/maximal-lottery.ts';
import type { DirectDefinition } from '../src/solve/solver.ts';
import { oneMatrixGame } from './parts/one-run.ts';
import { provenWithin } from './parts/proven.ts';

const params = z.strictObject({
  margins: z.enum(['C1', 'C2']).default('C2').describe('C1: only who wins each pair counts; C2: by how much, too'),
  duplicates: z
    .enum(['merged', 'counted'])
    .default('merged')
    .describe('alternatives that are equal against everyone count once for the entropy, or each for itself'),
});

type Params = z.infer<typeof params>;

/**
 * A maximal lottery p of margins M = P − Pᵀ, or of their signs: Σ_b M[a][b]·p_b ≤ 0 for every alternative a, so that none is
 * preferred to it; of several the one of largest entropy. With the margins themselves (C2) it is the equilibrium of the game.
 */
export const maximalLottery: DirectDefinition<Params> = {
  name: 'maximal-lottery',
  summary: 'the lottery to which no alternative is preferred, by margins or by their signs',
  source: citations.fishburn1984,
  aliases: ['von-neumann-winner', 'minimax-winner'],
  family: 'exact',
  rate: 'at once',
  iterate: 'last',
  equilibrium: 'none',
  target: 'the maximal lottery: the equilibrium of the game of margins (C2), or of their signs (C1)',
  params,
  check(instance) {
    requireMargins(oneMatrixGame(instance, 'maximal-lottery'));
  },
  async answer(instance, options) {
    const { lottery, regret, entropy, entropyBound } = await lotteryOf(instance.game, options);
    const kind = options.margins === 'C1' ? 'signs of the margins' : 'margins';
    return {
      profile: instance.game.actions.map(() => lottery.map(Math.log)),
      method: `linear program, then Newton on the multipliers: no alternative is ahead by more than ${Number(regret.toPrecision(1))} in ${kind}, entropy proven to be the largest${provenWithin(entropy, entropyBound)}`,
    };
  },
};
