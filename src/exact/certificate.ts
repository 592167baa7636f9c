import { NashlabError } from '../core/errors.ts';
import { type Game, type MatrixGame, requireMatrices, seatOfRole } from '../solve/game.ts';
import { exactNumber, type Fraction, fractionText, nearestDouble, one, solveExactly, zero } from './fractions.ts';

/** Exact regrets of a policy, computed in rationals: no rounding anywhere. */
export interface RationalCertificate {
  /** Best-response gain of each seat, as `p/q`. */
  readonly regrets: readonly string[];
  /** Their sum, exactly and rounded to a double. */
  readonly nashConv: string;
  readonly nashConvValue: number;
}

/** An equilibrium in rationals: one policy per role, each probability as `p/q`, and the row player's payoff. */
export interface RationalEquilibrium {
  readonly profile: readonly (readonly string[])[];
  readonly value: string;
}

/** Rational certificates are refused above this many matrix entries: exact sums grow with every term. */
export const certificateLimit = 10_000;

type ExactMatrix = readonly (readonly Fraction[])[];

/** The game, for a rational certificate. Throws `too-large` beyond them, `not-applicable` for a game without a matrix. */
export function requireSmall(given: Game): MatrixGame {
  const game = requireMatrices(given, 'a rational certificate');
  const size = game.matrices[0].values.length;
  if (size > certificateLimit || game.draws !== 1)
    throw new NashlabError('too-large', {
      what: `a rational certificate of "${game.name}" with ${size} payoffs`,
      expected: `a single game of at most ${certificateLimit} payoffs; the float64 certificate has no limit`,
    });
  return game;
}

/** Payoff matrices over the rationals: the entries as written, else the decimals the doubles print as. */
export function exactMatrices(game: MatrixGame): ExactMatrix[] {
  if (game.entries !== undefined) return game.entries.map((rows) => rows.map((row) => row.map(exactNumber)));
  return game.matrices.map(({ rows, columns, values }) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => exactNumber(values[i * columns + j])),
    ),
  );
}

function dot(a: readonly Fraction[], b: readonly Fraction[]): Fraction {
  return a.reduce((sum, value, k) => sum.add(value.mul(b[k])), zero);
}

function largest(values: readonly Fraction[]): Fraction {
  return values.reduce((best, value) => (value.compare(best) > 0 ? value : best));
}

function exactRegrets(
  game: MatrixGame,
  matrices: ExactMatrix[],
  policies: readonly (readonly Fraction[])[],
): Fraction[] {
  const perRole = matrices.map((matrix, role) => {
    const payoffs = matrix.map((row) => dot(row, policies[matrices.length - 1 - role]));
    return largest(payoffs).sub(dot(policies[role], payoffs));
  });
  return game.roleOf.map((role) => perRole[role]);
}

/**
 * The exact regret of a returned policy. Probabilities are taken as the decimals they print as and divided by their
 * exact sum; payoffs as written in the game.
 * @param profile probabilities per role, `[A_role]`.
 */
export function rationalCertificate(given: Game, profile: readonly (readonly number[])[]): RationalCertificate {
  const game = requireSmall(given);
  const policies = profile.map((policy) => {
    const parts = policy.map(exactNumber);
    const total = parts.reduce((sum, part) => sum.add(part), zero);
    return parts.map((part) => part.div(total));
  });
  const regrets = exactRegrets(game, exactMatrices(game), policies);
  const total = regrets.reduce((sum, regret) => sum.add(regret), zero);
  return { regrets: regrets.map(fractionText), nashConv: fractionText(total), nashConvValue: nearestDouble(total) };
}

/**
 * An equilibrium in rationals, from the supports of a float64 solution of a constant-sum game: probabilities that make
 * the opponent's support indifferent, accepted only when their exact regret is 0. Undefined when these supports have none.
 */
export function rationalEquilibrium(
  given: Game,
  profile: readonly ArrayLike<number>[],
): RationalEquilibrium | undefined {
  const game = requireSmall(given);
  const matrices = exactMatrices(game);
  const supports = profile.map((policy) => Array.from(policy, (p, a) => ({ p, a })).filter(({ p }) => p > 1e-9));
  const policies: Fraction[][] = [];
  for (const role of seatOfRole(game).keys()) {
    const other = matrices.length - 1 - role;
    const own = supports[role].map(({ a }) => a);
    const rows = supports[other].map(({ a }) => [...own.map((b) => matrices[other][a][b]), one.neg(), zero]);
    rows.push([...own.map(() => one), zero, one]);
    const solution = solveExactly(rows, own.length + 1);
    if (solution === undefined) return undefined;
    const policy = Array.from({ length: game.actions[role] }, () => zero);
    own.forEach((a, k) => {
      policy[a] = solution[k];
    });
    if (policy.some((p) => p.compare(0) < 0)) return undefined;
    policies.push(policy);
  }
  if (exactRegrets(game, matrices, policies).some((regret) => regret.compare(0) !== 0)) return undefined;
  const payoffs = matrices[0].map((row) => dot(row, policies[matrices.length - 1]));
  return {
    profile: policies.map((policy) => policy.map(fractionText)),
    value: fractionText(dot(policies[0], payoffs)),
  };
}
