import { NashlabError } from '../core/errors.ts';
import { type Game, requireMatrices } from '../solve/game.ts';
import { type Margins, marginsOf } from './margins.ts';
import { type NashAverage, type NashAveragingOptions, nashAveraging } from './nash-averaging.ts';

export interface MaximalLotteryOptions extends NashAveragingOptions {
  /** `C1`: only who wins each pair counts (the signs of the margins). `C2` (default): the margins count. */
  readonly margins?: 'C1' | 'C2';
}

/** A maximal lottery: no lottery is preferred to it by the margins. */
export interface MaximalLottery {
  /** Probabilities of the alternatives, `[A]`. */
  readonly lottery: Float64Array;
  /** Σ_b margin(a, b)·p_b per alternative, `[A]`: at most 0, but for rounding; in margins, or their signs for C1. */
  readonly ahead: Float64Array;
  /** Largest entry of `ahead`, at least 0: the certificate. */
  readonly regret: number;
  readonly entropy: number;
  readonly entropyBound: number;
}

/** The margins of a game that has some. Throws `not-applicable` for others. */
export function requireMargins(game: Game): Margins {
  const found = marginsOf(game, 'maximal lotteries');
  if (found !== undefined) return found;
  throw new NashlabError('not-applicable', {
    what: `maximal lotteries of "${game.name}", whose payoffs are no margins`,
    expected: 'a preference game, or a zero-sum game with A = −Aᵀ',
  });
}

/**
 * A maximal lottery of margins (Kreweras 1965; Fishburn, *Probabilistic social choice based on simple voting comparisons*,
 * 1984): p with Σ_b M[a][b]·p_b ≤ 0 for every a, of several the one of largest entropy. C1 takes the signs of the margins
 * (also known as the bipartisan set's lottery), C2 the margins themselves.
 * @param game a preference game (margins P − Pᵀ), or a zero-sum game with A = −Aᵀ.
 * @throws `not-applicable` for other games, `too-large` beyond 1,000 alternatives.
 */
export async function maximalLottery(game: Game, options: MaximalLotteryOptions = {}): Promise<MaximalLottery> {
  const { size, values } = requireMargins(game);
  const kept = options.margins === 'C1' ? values.map(Math.sign) : values;
  const marginGame = {
    ...requireMatrices(game, 'maximal lotteries'),
    kind: 'zero-sum' as const,
    matrices: [
      { rows: size, columns: size, values: kept },
      { rows: size, columns: size, values: kept },
    ],
    sum: 'constant' as const,
  };
  const { profile, ratings, regret, entropy, entropyBound }: NashAverage = await nashAveraging(marginGame, options);
  return { lottery: profile[0], ahead: ratings[0], regret, entropy: entropy[0], entropyBound: entropyBound[0] };
}
