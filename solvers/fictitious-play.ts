import { z } from 'zod';
import { citations } from '../src/core/citations/citations.ts';
import type { Scalar } from '../src/numerics/tensor.ts';
import { payoffsAgainst } from '../src/solve/mirror.ts';
import type { Profile } from '../src/solve/problem.ts';
import type { SolverDefinition, StepParams } from '../src/solve/solver.ts';

interface FictitiousPlayState {
  /** Log-probabilities of the empirical mixture of all plays. */
  readonly mixture: Profile;
  /** Payoffs are compared after multiplication by this: what is closer than a billionth of the span is a tie. */
  readonly sharpness: Scalar;
}

/**
 * Fictitious play: every player answers the mixture of what was played so far, all at once; π_0 is the first play.
 *
 *   π_{t+1} = (1 − w_t)·π_t + w_t·BR(u(π_t)),   w_t = 1/(t + 2), the weight of the newest of t + 2 plays
 *
 * BR shares its mass equally among the best actions. The last iterate is the empirical mixture itself. It approaches the
 * original equilibria of two-player zero-sum games (Robinson 1951), of games with identical interests and potential games
 * (Monderer and Shapley 1996), and of games of two players one of whom has two actions (Berger 2005; without ties). Elsewhere
 * it may turn forever, each turn a multiple of the one before: Shapley (1964) in a game of two players, Jordan (1993) in
 * one of three. Other weights make it the generalised, weakened process.
 */
export const fictitiousPlay: SolverDefinition<StepParams> = {
  name: 'fictitious-play',
  summary: 'best responses to the empirical mixture of all plays',
  source: citations.brown1951,
  aliases: ['brown-robinson'],
  conversion: 'η is the weight of the newest play: 1/(t+2) counts all plays alike',
  family: 'unregularised',
  rate: 'zero-sum: converges, O(T^(−1/(2A−2))) proven; elsewhere it may cycle',
  iterate: 'last',
  equilibrium: 'original',
  params: z.strictObject({}),
  defaultStepSize: () => '1/(t+2)',
  oracleCallsPerStep: 1,
  guarantees: [],
  make: ({ stepSize }) => ({
    init: (problem): FictitiousPlayState => ({ mixture: problem.start, sharpness: problem.at('1e9/span', 0) }),
    step(problem, { mixture, sharpness }: FictitiousPlayState, step): FictitiousPlayState {
      const { ops } = problem;
      const weight = problem.at(stepSize, step);
      const payoffs = payoffsAgainst(problem, mixture);
      const next = mixture.map((log, role) => {
        const best = ops.softmax(ops.mul(payoffs[role], sharpness));
        const played = ops.exp(log);
        return ops.logSoftmax(ops.log(ops.add(played, ops.mul(ops.sub(best, played), weight))));
      });
      return { mixture: next, sharpness };
    },
    profile: ({ mixture }: FictitiousPlayState) => mixture,
  }),
};
