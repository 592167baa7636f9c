import { NashlabError } from '../core/errors.ts';
import { type Game, isMatrixGame } from '../solve/game.ts';
import type { HostProfile } from '../solve/problem.ts';
import { beginning, type Corrector, corrector, followPath, type Waypoint } from './follow-path.ts';
import { otherBranch } from './other-branch.ts';
import { type Point, type QuantalEquation, quantalEquation } from './quantal-equation.ts';

/** The regularised equilibrium at one temperature. */
export interface PathPoint {
  readonly temperature: number;
  /** log π* per role, `[A_role]`. */
  readonly profile: HostProfile;
  /** Regularised gap at that temperature, Σ over seats of τ·KL(π*‖BR_τ(π*)), in payoff units. */
  readonly gap: number;
}

/** A regularised equilibrium of a game. */
export interface QuantalResponse extends Omit<PathPoint, 'temperature'> {
  /** Newton steps along the path to the answer. */
  readonly newtonSteps: number;
  /** Temperature at which the principal branch turned back, or was lost: the answer lies on another one. */
  readonly turn?: number;
  /** Equilibria from a high temperature down to the answer's, as many as were asked for. */
  readonly path: readonly PathPoint[];
}

export interface QuantalResponseOptions {
  /** Value of `performance.now()` at which to give up. */
  readonly deadline?: number;
  /** Temperature of each role as a factor above 0 of the common one; 1 where absent. */
  readonly roleTemperatures?: readonly number[];
  /** Equilibria of the path to return, evenly spaced in log τ; default none. Each costs about two more Newton steps. */
  readonly points?: number;
}

const mostNewtonSteps = 400;
/** Where the drawn path begins, in payoff spans: the equilibrium is still close to the reference. */
const highTemperature = 4;

/** Actions of all roles together up to which a game without matrices is taken: a Newton step costs O(A³), and A evaluations. */
export const quantalLimit = 1_000;

/** Refuses a game whose path would take too long. Throws `too-large`. */
export function requireFollowable(game: Game): void {
  if (isMatrixGame(game)) return;
  const size = game.actions.reduce((sum, count) => sum + count, 0);
  if (size > quantalLimit)
    throw new NashlabError('too-large', {
      what: `the quantal response equation of "${game.name}", ${size} actions over all roles`,
      expected: `at most ${quantalLimit}; mirror-descent and extragradient answer games of any size, with a float64 certificate`,
    });
}

/**
 * The regularised equilibrium log π_r = log ρ_r + u_r(π)/τ_r − const of every role r (A1), the logit quantal response
 * equilibrium with respect to ρ, by Newton's method along the path λ = 1/τ from the reference (λ = 0). Quadratic at the end;
 * independent of every iterative solver of the catalogue. In a monotone game (two players with constant sum, and what
 * `isMonotone` says) it is the only one; elsewhere, where there may be several, the one on the principal branch; where that
 * branches within 1e-6 (in KL), it is followed straight on, and where it turns back the answer is one that damped best
 * responses settle on from there, and `turn` says so.
 *
 * @param reference log ρ per role, `[A_role]`, full support.
 * @throws `not-applicable` for τ = 0, or when the path cannot be followed to the end (those of games that are not monotone may
 * turn back); `too-large` for a game without matrices of more than 1,000 actions over all roles.
 */
export function quantalResponse(
  game: Game,
  temperature: number,
  reference: HostProfile,
  { deadline = Number.POSITIVE_INFINITY, points = 0, roleTemperatures }: QuantalResponseOptions = {},
): QuantalResponse {
  if (!(temperature > 0))
    throw new NashlabError('not-applicable', {
      what: `the regularised equilibrium at temperature ${temperature}`,
      expected: 'a temperature above 0',
    });
  requireFollowable(game);
  const equation = quantalEquation(game, reference, roleTemperatures);
  try {
    return followed(equation, temperature, reference, deadline, points);
  } finally {
    equation.release();
  }
}

function followed(
  equation: QuantalEquation,
  temperature: number,
  reference: HostProfile,
  deadline: number,
  points: number,
): QuantalResponse {
  const newton = corrector(equation, (lambda) => {
    if (performance.now() > deadline || newton.newtonSteps() > mostNewtonSteps)
      throw stuck(equation, temperature, lambda);
  });
  const { waypoints, lost } = followPath(equation, newton, reference, 1 / temperature);
  const last = waypoints[waypoints.length - 1];
  const end =
    lost === undefined ? newton.polish(last.point, last.lambda) : landing(equation, newton, last, temperature);
  if (end === undefined) throw stuck(equation, temperature, lost ?? 0);
  const newtonSteps = newton.newtonSteps();
  const answer: PathPoint = { temperature, profile: end.log, gap: end.gap * temperature };
  const between = corrector(equation, (lambda) => {
    if (performance.now() > deadline) throw stuck(equation, temperature, lambda);
  });
  const path = points === 0 ? [] : [...drawnPath(equation, between, waypoints, points), answer];
  const turn = lost === undefined ? {} : { turn: 1 / lost };
  return { profile: end.log, gap: answer.gap, newtonSteps, path, ...turn };
}

/** Where another branch lies at a temperature; a game with one equilibrium at each has one branch only. */
function landing(
  equation: QuantalEquation,
  newton: Corrector,
  last: Waypoint | undefined,
  temperature: number,
): Point | undefined {
  if (equation.unique || last === undefined) return undefined;
  return otherBranch(equation, newton, last, 1 / temperature);
}

/**
 * Equilibria at even distances in log τ, all but the last: each from the points of the way around it, and polished. Where
 * that fails, at a turn, the temperature is left out.
 */
function drawnPath(
  equation: QuantalEquation,
  { correct, polish }: Corrector,
  waypoints: readonly Waypoint[],
  points: number,
): PathPoint[] {
  const target = waypoints[waypoints.length - 1].lambda;
  const first = Math.min(target, 1 / equation.span) / highTemperature;
  const path: PathPoint[] = [];
  let before: Waypoint | undefined;
  let next = 0;
  for (let k = 0; k + 1 < points; k++) {
    const lambda = first * (target / first) ** (k / (points - 1));
    while (next + 1 < waypoints.length && waypoints[next].lambda < lambda) next++;
    const around = [waypoints[Math.max(0, next - 1)], waypoints[next], ...(before === undefined ? [] : [before])];
    const start = [
      ...around.map(({ point }) => equation.pointAt(point.log, lambda)),
      ...(next === 0 ? [] : [beginning(equation, [waypoints[next - 1], waypoints[next]], lambda)]),
    ].reduce((best, one) => (one.merit < best.merit ? one : best));
    const found = correct(start, lambda, 1e-4, 20);
    if (found === undefined) continue;
    const point = polish(found, lambda);
    before = { lambda, point };
    path.push({ temperature: 1 / lambda, profile: point.log, gap: point.gap / lambda });
  }
  return path;
}

function stuck({ name, unique }: QuantalEquation, temperature: number, lambda: number): NashlabError {
  return new NashlabError('not-applicable', {
    what: `the equilibrium path of "${name}" could not be followed below temperature ${(1 / lambda).toPrecision(4)}, on the way to ${temperature}`,
    expected: unique
      ? 'a higher temperature'
      : 'a higher temperature (paths of games that may have several equilibria may turn back)',
  });
}
