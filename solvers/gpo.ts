import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import { NashlabError } from '../src/core/errors.ts';
import { type Game, type MatrixGame, requireMatrices } from '../src/solve/game.ts';
import { freeStep } from '../src/solve/mirror.ts';
import { placeMatrices, spanOf } from '../src/solve/place-matrices.ts';
import { rememberedPerGame } from '../src/solve/remembered.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';
import { hedgeStep } from './hedge.ts';
import { selfPlay } from './parts/self-play.ts';

interface GpoParams extends StepParams {
  readonly clip: number;
}

/** The score game: payoffs log P/(1 − P), with P clipped to [clip, 1 − clip]. */
function scoreGame(game: Game, clip: number): MatrixGame {
  const { matrices, draws, roleOf, labels, actions, ...rest } = requireMatrices(game, 'the scores');
  if (rest.kind !== 'preference')
    throw new NashlabError('not-applicable', {
      what: `"gpo" on "${game.name}", a ${rest.kind} game`,
      expected: 'a preference game: its scores are logits of preference probabilities',
    });
  const score = (p: number): number => {
    const kept = Math.min(Math.max(p, clip), 1 - clip);
    return Math.log(kept / (1 - kept));
  };
  const scores = matrices.map((matrix) => ({ ...matrix, values: matrix.values.map(score) }));
  const payoffSpan = Math.max(...scores.map(({ values }) => spanOf(values)));
  const place = placeMatrices(scores, roleOf, draws);
  const { name, kind, sum } = rest;
  return { name: `scores of ${name}`, kind, sum, matrices: scores, draws, roleOf, labels, actions, payoffSpan, place };
}

/** The last score game made of each game: they are as large as the game. */
const made = rememberedPerGame<MatrixGame>(1);

/**
 * GPO: multiplicative weights on preference scores s(a ≻ b) = log P/(1 − P) in place of probabilities.
 *
 *   log π_{t+1} = log π_t + η·Sπ_t − const,   S = logit of P, clipped to [clip, 1 − clip]
 *
 * The average iterate approaches the equilibrium of the score game. A Condorcet winner is the equilibrium of both games,
 * and where all preferences are 0, ½ or 1 they are one game in two units; elsewhere the logit bends the payoffs, and the
 * clip decides what certain preferences weigh.
 */
export const gpo: SolverDefinition<GpoParams> = {
  name: 'gpo',
  summary: 'multiplicative weights on preference scores (logits); general preference optimisation',
  source: citations.zhang2025gpm,
  conversion: 'η is 1/β of the paper, in units of scores',
  family: 'unregularised',
  rate: 'O(1/√T) in the score game',
  iterate: 'average',
  equilibrium: 'none',
  target: 'the equilibrium of the score game logit P, in general another one than that of P',
  params: z.strictObject({
    clip: z
      .number()
      .gt(0)
      .lt(0.5)
      .default(0.01)
      .describe('P is kept within [clip, 1 − clip], where its logit is finite'),
  }),
  defaultStepSize: () => hedgeStep,
  oracleCallsPerStep: 1,
  sees: (game, { clip }) => made(game, String(clip), () => scoreGame(game, clip)),
  guarantees: [],
  make: ({ stepSize }) => selfPlay(freeStep)({ stepSize }),
};
