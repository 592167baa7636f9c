import { NashlabError } from '../core/errors.ts';
import { type Game, type MatrixGame, requireMatrices } from '../solve/game.ts';
import { effort, polytopeVertices, type Vertex } from './best-response-polytope.ts';
import { exactMatrices } from './certificate.ts';
import { components, type EquilibriumComponent } from './equilibrium-components.ts';
import { type Fraction, fractionText, nearestDouble, ratio } from './fractions.ts';

/** An extreme equilibrium: one that is no mixture of others with one player's policy in common. */
export interface ExtremeEquilibrium {
  /** Probabilities per seat, `[A_seat]`, as doubles and as `p/q`. */
  readonly profile: readonly (readonly number[])[];
  readonly exactProfile: readonly (readonly string[])[];
  /** Payoffs per seat. */
  readonly payoffs: readonly number[];
  readonly exactPayoffs: readonly string[];
}

/** All equilibria of a two-player game. */
export interface BimatrixEquilibria {
  /** All extreme equilibria, in the order of the first actions they use; at least one. */
  readonly extremes: readonly ExtremeEquilibrium[];
  /** The equilibrium set: its connected components, each an isolated equilibrium or a continuum. */
  readonly components: readonly EquilibriumComponent[];
  readonly method: string;
}

/** Actions of both players together. */
export const bimatrixLimit = 24;

function requireBimatrix(given: Game): MatrixGame {
  const game = requireMatrices(given, 'all equilibria');
  const [first, second = first] = game.actions;
  if (game.draws !== 1 || first + second > bimatrixLimit)
    throw new NashlabError('too-large', {
      what: `all equilibria of "${game.name}", ${game.draws === 1 ? `${first} × ${second} actions` : `${game.draws} stacked draws`}`,
      expected: `one game of at most ${bimatrixLimit} actions of both players together`,
    });
  return game;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/** A matrix times one positive number, plus another, such that all entries are whole and positive. */
interface WholeMatrix {
  readonly rows: readonly (readonly bigint[])[];
  readonly scale: bigint;
  readonly shift: bigint;
}

function wholeMatrix(matrix: readonly (readonly Fraction[])[]): WholeMatrix {
  const parts = matrix.map((row) => row.map((x) => x as unknown as { s: bigint; n: bigint; d: bigint }));
  const scale = parts.flat().reduce((multiple, { d }) => (multiple / greatestCommonDivisor(multiple, d)) * d, 1n);
  const whole = parts.map((row) => row.map(({ s, n, d }) => s * n * (scale / d)));
  const least = whole.flat().reduce((low, x) => (x < low ? x : low));
  const shift = 1n - least;
  return { rows: whole.map((row) => row.map((x) => x + shift)), scale, shift };
}

/** Σ over replies of the owner's actions in use: all must earn what the best does. Throws where a vertex is no best reply. */
function certify(own: Vertex, other: Vertex, payoffs: WholeMatrix): void {
  const earned = payoffs.rows.map((row) => row.reduce((sum, x, k) => sum + x * other.weights[k], 0n));
  const best = earned.reduce((top, x) => (x > top ? x : top));
  if (own.weights.some((weight, a) => weight < 0n || (weight > 0n && earned[a] !== best)))
    throw new NashlabError('not-applicable', {
      what: 'an enumerated equilibrium failed its exact check',
      expected: 'regret 0; please report this game',
    });
}

const sumOf = (weights: readonly bigint[]): bigint => weights.reduce((sum, weight) => sum + weight, 0n);

function extremeEquilibrium(pair: readonly [Vertex, Vertex], whole: readonly WholeMatrix[]): ExtremeEquilibrium {
  const policies = pair.map(({ weights }) => weights.map((weight) => ratio(weight, sumOf(weights))));
  // Best reply values: of the row player against the column's weights, and the other way round.
  const payoffs = whole.map(({ scale, shift }, seat) => {
    const { value, weights } = pair[1 - seat];
    return ratio(value - shift * sumOf(weights), scale * sumOf(weights));
  });
  return {
    profile: policies.map((policy) => policy.map(nearestDouble)),
    exactProfile: policies.map((policy) => policy.map(fractionText)),
    payoffs: payoffs.map(nearestDouble),
    exactPayoffs: payoffs.map(fractionText),
  };
}

/** Whether `a` comes before `b`: actions used first, in order. */
function before(a: ExtremeEquilibrium, b: ExtremeEquilibrium): number {
  const flat = ({ profile }: ExtremeEquilibrium): number[] => profile.flat();
  const [x, y] = [flat(a), flat(b)];
  const k = x.findIndex((value, c) => value !== y[c]);
  return k < 0 ? 0 : y[k] - x[k];
}

/**
 * All Nash equilibria of a small two-player game, exactly, degenerate games included: the vertices of both best-response
 * polytopes by the double description method in integers; the pairs in which every action is unused or a best reply are all
 * extreme equilibria (Mangasarian, *Equilibrium points of bimatrix games*, 1964), and the set of equilibria is the union of
 * the products of their sides (Avis, Rosenberg, Savani and von Stengel, *Enumeration of Nash equilibria for two-player
 * games*, 2010). Payoffs are taken as written in the game, else as the decimals the doubles print as. Each equilibrium is
 * checked again in integers: regret 0.
 * @throws `not-applicable` for a game without a matrix, `too-large` beyond 24 actions of both players together, or where
 * the polytopes have too many vertices.
 */
export function bimatrixEquilibria(given: Game): BimatrixEquilibria {
  const game = requireBimatrix(given);
  const matrices = exactMatrices(game);
  // matrices[r] has the payoffs of role r: own actions by the opponent's.
  const whole = [matrices[0], matrices[matrices.length - 1]].map(wholeMatrix);
  const limit = effort(`all equilibria of "${game.name}"`);
  // The row player's polytope is bounded by what the column player's replies earn.
  const rowVertices = polytopeVertices(whole[1].rows, limit);
  const columnVertices = polytopeVertices(whole[0].rows, limit);
  const [m, n] = [whole[0].rows.length, whole[1].rows.length];
  const every = 2 ** (m + n) - 1;
  const low = (1 << n) - 1;
  // Labels of a column vertex in the order of the row vertices: the row player's actions first.
  const turned = columnVertices.map(({ tight }) => (tight >> n) | ((tight & low) << m));
  const found: { pair: [number, number]; equilibrium: ExtremeEquilibrium }[] = [];
  rowVertices.forEach((row, r) => {
    columnVertices.forEach((column, c) => {
      if ((row.tight | turned[c]) !== every) return;
      certify(row, column, whole[0]);
      certify(column, row, whole[1]);
      found.push({ pair: [r, c], equilibrium: extremeEquilibrium([row, column], whole) });
    });
  });
  found.sort((a, b) => before(a.equilibrium, b.equilibrium));
  return {
    extremes: found.map(({ equilibrium }) => equilibrium),
    components: components(found.map(({ pair }) => pair)),
    method: 'vertices of the best-response polytopes, in integers',
  };
}
