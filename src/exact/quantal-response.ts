import { NashlabError } from '../core/errors.ts';
import { type Game, type MatrixGame, requireMatrices } from '../solve/game.ts';
import { type HostProfile, stepSpan } from '../solve/problem.ts';
import { beginning, type Corrector, corrector, followPath, type Waypoint } from './follow-path.ts';
import { otherBranch } from './other-branch.ts';
import { type Point, type QuantalEquation, quantalEquation } from './quantal-equation.ts';

/** The regularised equilibrium at one temperature. */
export interface PathPoint {
  readonly temperature: number;
  /** log π* per role, `[A_role]`. */
  readonly profile: HostProfile;
  /** Regularised gap Σ τ·KL(π*‖BR_τ(π*)) at that temperature, in payoff units. */
  readonly gap: number;
}

/** The regularised equilibrium of a two-player matrix game. */
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
  /** Equilibria of the path to return, evenly spaced in log τ; default none. Each costs about two more Newton steps. */
  readonly points?: number;
}

const mostNewtonSteps = 400;
/** Where the drawn path begins, in payoff spans: the equilibrium is still close to the reference. */
const highTemperature = 4;

/**
 * The regularised equilibrium log π = log ρ + u(π)/τ − const (A1), the logit quantal response equilibrium with respect
 * to ρ, by Newton's method along the path λ = 1/τ from the reference (λ = 0). Quadratic at the end; independent of every
 * iterative solver of the catalogue. In a constant-sum game it is the only one; in a general-sum game, which may have
 * several, the one on the principal branch; where that branches within 1e-6 (in KL), it is followed straight on, and where
 * it turns back the answer is one that damped best responses settle on from there, and `turn` says so.
 *
 * @param reference log ρ per role, `[A_role]`, full support.
 * @throws `not-applicable` for τ = 0, for a game without a matrix, or when the path cannot be followed to the end
 * (paths of general-sum games may turn back).
 */
export function quantalResponse(
  given: Game,
  temperature: number,
  reference: HostProfile,
  { deadline = Number.POSITIVE_INFINITY, points = 0 }: QuantalResponseOptions = {},
): QuantalResponse {
  if (!(temperature > 0))
    throw new NashlabError('not-applicable', {
      what: `the regularised equilibrium at temperature ${temperature}`,
      expected: 'a temperature above 0',
    });
  const game = requireMatrices(given, 'the quantal response equation');
  const equation = quantalEquation(game, reference);
  const newton = corrector(game, equation, (lambda) => {
    if (performance.now() > deadline || newton.newtonSteps() > mostNewtonSteps) throw stuck(game, temperature, lambda);
  });
  const { waypoints, lost } = followPath(game, equation, newton, reference, 1 / temperature);
  const last = waypoints[waypoints.length - 1];
  const end =
    lost === undefined
      ? newton.polish(last.point, last.lambda)
      : landing(game, equation, newton, reference, last, temperature);
  if (end === undefined) throw stuck(game, temperature, lost ?? 0);
  const newtonSteps = newton.newtonSteps();
  const answer: PathPoint = { temperature, profile: end.log, gap: end.merit * temperature };
  const between = corrector(game, equation, (lambda) => {
    if (performance.now() > deadline) throw stuck(game, temperature, lambda);
  });
  const path = points === 0 ? [] : [...drawnPath(game, equation, between, waypoints, points), answer];
  const turn = lost === undefined ? {} : { turn: 1 / lost };
  return { profile: end.log, gap: answer.gap, newtonSteps, path, ...turn };
}

/** Where another branch of a general-sum game lies at a temperature; a constant-sum game has one branch only. */
function landing(
  game: MatrixGame,
  equation: QuantalEquation,
  newton: Corrector,
  reference: HostProfile,
  last: Waypoint | undefined,
  temperature: number,
): Point | undefined {
  if (game.sum === 'constant' || last === undefined) return undefined;
  return otherBranch(game, equation, newton, reference, last, 1 / temperature);
}

/**
 * Equilibria at even distances in log τ, all but the last: each from the points of the way around it, and polished. Where
 * that fails, at a turn of a general-sum game, the temperature is left out.
 */
function drawnPath(
  game: MatrixGame,
  equation: QuantalEquation,
  { correct, polish }: Corrector,
  waypoints: readonly Waypoint[],
  points: number,
): PathPoint[] {
  const target = waypoints[waypoints.length - 1].lambda;
  const first = Math.min(target, 1 / stepSpan(game)) / highTemperature;
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
    path.push({ temperature: 1 / lambda, profile: point.log, gap: point.merit / lambda });
  }
  return path;
}

function stuck(game: MatrixGame, temperature: number, lambda: number): NashlabError {
  return new NashlabError('not-applicable', {
    what: `the equilibrium path of "${game.name}" could not be followed below temperature ${(1 / lambda).toPrecision(4)}, on the way to ${temperature}`,
    expected:
      game.sum === 'general'
        ? 'a higher temperature (paths of general-sum games may turn back)'
        : 'a higher temperature',
  });
}
