import { NashlabError } from '../../src/core/errors.ts';
import type { MatrixGame } from '../../src/solve/game.ts';
import { type BradleyTerryFit, bradleyTerryFit } from './bradley-terry-fit.ts';
import { condorcetWinner } from './condorcet.ts';
import { cyclicTriples, type TripleCount } from './cyclic-triples.ts';
import { cyclicShare } from './hodge.ts';
import { smithSet } from './smith-set.ts';

/** `properties` of `nashlab inspect --json`; what does not apply is absent. Actions by label, except in `bradleyTerry`. */
export interface GameProperties {
  readonly sum: 'constant' | 'general';
  /** True when both players face the same payoffs: u₂(a, b) = u₁(b, a). */
  readonly symmetric: boolean;
  readonly payoffSpan: number;
  readonly condorcetWinner?: string;
  readonly smithSet?: readonly string[];
  readonly cyclicTriples?: TripleCount;
  readonly cyclicShare?: number;
  readonly bradleyTerry?: BradleyTerryFit;
}

function isSymmetric({ kind, matrices }: MatrixGame): boolean {
  if (kind === 'preference') return true;
  const [row, column] = matrices;
  return row.rows === row.columns && row.values.every((value, k) => value === column.values[k]);
}

/** What kind of game it is. All but the first three properties are for preference games only. Throws for stacked draws. */
export function inspectGame(game: MatrixGame): GameProperties {
  if (game.draws !== 1)
    throw new NashlabError('not-applicable', {
      what: `game "${game.name}" holds ${game.draws} draws`,
      expected: 'one draw',
    });
  const { sum, payoffSpan } = game;
  const general = { sum, symmetric: isSymmetric(game), payoffSpan };
  if (game.kind !== 'preference') return general;
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
