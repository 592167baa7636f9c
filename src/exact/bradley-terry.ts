import { NashlabError } from '../core/errors.ts';
import type { MatrixGame } from '../solve/game.ts';
import { fitStrengths } from './strengths.ts';
import { strongComponents } from './strong-components.ts';

/** Residuals of a fit that is done; rounding leaves some 1e-15. */
const largestResidual = 1e-9;

function refusal(game: MatrixGame, what: string, expected: string): NashlabError {
  return new NashlabError('not-applicable', {
    what: `the Bradley–Terry rewards of "${game.name}" are not finite: ${what}`,
    expected,
  });
}

const named = (labels: readonly string[], actions: readonly number[]): string => {
  const few = actions.slice(0, 3).map((action) => `"${labels[action]}"`);
  return `${few.join(', ')}${actions.length > few.length ? ', …' : ''}`;
};

/** Refuses preferences whose actions cannot all win against each other, directly or through others. */
function requireWins(game: MatrixGame, preferences: Float64Array): void {
  const n = game.actions[0];
  const tiers = strongComponents(n, (a, b) => preferences[a * n + b] > 0);
  if (tiers.length === 1) return;
  const [labels] = game.labels;
  const [first, last] = [tiers[0], tiers[tiers.length - 1]];
  const one = first.length === 1;
  const who = one
    ? `${named(labels, first)} is always preferred`
    : last.length === 1
      ? `${named(labels, last)} is never preferred`
      : `each of ${named(labels, first)} is always preferred to each of ${named(labels, last)}`;
  throw refusal(
    game,
    who,
    'a game where every action can win against every other, directly or through others; "ipo" and "srpo" need no rewards',
  );
}

/**
 * Rewards of a preference game: the Bradley–Terry model closest to P when both actions of a pair are drawn from a law w,
 * the minimum of −Σ w_y·w_y'·[P(y ≻ y')·log σ(r_y − r_y') + P(y' ≻ y)·log σ(r_y' − r_y)]; mean 0. It is finite exactly
 * where every action can win against every other, directly or through others.
 * @param game of one draw. @param law log w, `[A]`.
 * @throws `not-applicable` where it is not finite, naming an action that always or never wins.
 */
export function bradleyTerryRewards(game: MatrixGame, law: Float64Array): Float64Array {
  const n = game.actions[0];
  const [{ values }] = game.matrices;
  requireWins(game, values);
  // Of weights only ratios count: the heaviest pair gets 1.
  const top = law.reduce((high, value) => Math.max(high, value));
  const weights = law.map((value) => Math.exp(value - top));
  const wins = values.map((p, k) => p * weights[Math.floor(k / n)] * weights[k % n]);
  const tooLight = strongComponents(n, (a, b) => wins[a * n + b] > 0).length > 1;
  const fit = tooLight ? undefined : fitStrengths(n, wins);
  if (fit !== undefined && fit.residual <= largestResidual) return Float64Array.from(fit.strengths);
  throw refusal(
    game,
    'some pairs are drawn too seldom for the numbers of a computer',
    'sampling "uniform", or a reference that gives every action more',
  );
}
