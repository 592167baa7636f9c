import { NashlabError } from '../../src/core/errors.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { type AnyGame, isOperatorGame, type OperatorGame } from '../operators/operator-game.ts';
import { isNormalForm } from '../players/normal-form.ts';
import { isPlayersGame, type PlayersGame } from '../players/players-game.ts';
import { isSymmetric as isSymmetricTensor } from '../players/symmetry.ts';
import { type BradleyTerryFit, bradleyTerryFit } from './bradley-terry-fit.ts';
import { condorcetWinner, winnerOfAll } from './condorcet.ts';
import { cyclicTriples, type TripleCount } from './cyclic-triples.ts';
import { cyclicShare } from './hodge.ts';
import { type PureEquilibria, pureEquilibria } from './pure-equilibria.ts';
import { type SampledTriples, sampledTriples } from './sampled-triples.ts';
import { smithSet } from './smith-set.ts';

/** `properties` of `nashlab inspect --json`; what does not apply is absent. Actions by label, except in `bradleyTerry`. */
export interface GameProperties {
  readonly sum: 'constant' | 'general';
  /** True when all players face the same payoffs, whoever sits where: of two, u₂(a, b) = u₁(b, a). */
  readonly symmetric: boolean;
  readonly payoffSpan: number;
  /** General-sum games of two players, and games in normal form. */
  readonly pureEquilibria?: PureEquilibria;
  readonly condorcetWinner?: string;
  readonly smithSet?: readonly string[];
  readonly cyclicTriples?: TripleCount;
  readonly cyclicShare?: number;
  readonly bradleyTerry?: BradleyTerryFit;
  /** Games without a matrix: whether `payoffSpan` is a proved upper bound only. */
  readonly payoffSpanIs?: OperatorGame['payoffSpanIs'];
  /** Games without a matrix: an estimate in place of `cyclicTriples`. */
  readonly sampledTriples?: SampledTriples;
  /** Games without a matrix: what was not measured, and why. */
  readonly notMeasured?: Readonly<Record<string, string>>;
}

function isSymmetric({ kind, matrices }: MatrixGame): boolean {
  if (kind === 'preference') return true;
  const [row, column] = matrices;
  return row.rows === row.columns && row.values.every((value, k) => value === column.values[k]);
}

/** Why a game without a matrix leaves these open. */
const unmeasured: Readonly<Record<string, string>> = {
  smithSet: 'it needs the wins of every action, all K² pairs',
  cyclicTriples: 'counting them needs all pairs; a sample is given instead',
  cyclicShare: 'the Hodge split needs all K² pairs',
  bradleyTerry: 'the fit needs all K² pairs',
  equilibrium: 'the linear program needs the matrix; nashlab solve answers with a certified gap',
};

/** What can be said without the matrix: some 3K pairs for the Condorcet winner, and a sample of triples. */
function inspectOperator(game: OperatorGame): GameProperties {
  const { sum, payoffSpan, payoffSpanIs, preference } = game;
  const [n] = game.actions;
  const wins = (a: number, b: number): boolean => preference(a, b) > 0.5 && preference(b, a) < 0.5;
  const winner = winnerOfAll(n, wins);
  const triples = sampledTriples(n, wins);
  return {
    sum,
    symmetric: true,
    payoffSpan,
    payoffSpanIs,
    ...(winner === undefined ? {} : { condorcetWinner: game.labels[0][winner] }),
    ...(triples === undefined ? {} : { sampledTriples: triples }),
    notMeasured: unmeasured,
  };
}

/** Whether players of their own face the same payoffs all the same; judges that add up to a constant are one judge. */
function isSameForAll({ kind, sum }: PlayersGame): boolean {
  return (
    kind === 'plackett-luce' || kind === 'polymatrix-preference' || (kind === 'heterogeneous' && sum === 'constant')
  );
}

/** What can be said of any number of players. */
function inspectPlayers(game: PlayersGame): GameProperties {
  const { sum, payoffSpan, actions } = game;
  if (!isNormalForm(game)) return { sum, symmetric: actions.length === 1 || isSameForAll(game), payoffSpan };
  const pure = pureEquilibria(game);
  return {
    sum,
    symmetric: game.symmetric || isSymmetricTensor(game.payoffs, game.size),
    payoffSpan,
    ...(pure === undefined ? {} : { pureEquilibria: pure }),
  };
}

/** What kind of game it is. All but the first four properties are for preference games only. Throws for stacked draws. */
export function inspectGame(game: AnyGame): GameProperties {
  if (isOperatorGame(game)) return inspectOperator(game);
  if (isPlayersGame(game)) return inspectPlayers(game);
  if (game.draws !== 1)
    throw new NashlabError('not-applicable', {
      what: `game "${game.name}" holds ${game.draws} draws`,
      expected: 'one draw',
    });
  const { sum, payoffSpan } = game;
  const general = { sum, symmetric: isSymmetric(game), payoffSpan };
  if (game.kind !== 'preference') {
    const pure = sum === 'general' ? pureEquilibria(game) : undefined;
    return pure === undefined ? general : { ...general, pureEquilibria: pure };
  }
  const [preferences] = game.matrices;
  const [labels] = game.labels;
  const winner = condorcetWinner(preferences);
  const triples = cyclicTriples(preferences);
  const share = cyclicShare(preferences);
  return {
    ...general,
    ...(winner === undefined ? {} : { condorcetWinner: labels[winner] }),
    smithSet: smithSet(preferences).map((action) => labels[action]),
    ...(triples === undefined ? {} : { cyclicTriples: triples }),
    ...(share === undefined ? {} : { cyclicShare: share }),
    bradleyTerry: bradleyTerryFit(preferences),
  };
}
