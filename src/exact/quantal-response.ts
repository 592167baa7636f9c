import { NashlabError } from '../core/errors.ts';
import { normalisedLog } from '../numerics/normalise.ts';
import { type Game, requireMatrices } from '../solve/game.ts';
import type { HostProfile } from '../solve/problem.ts';
import { type Point, quantalEquation } from './quantal-equation.ts';

/** The regularised equilibrium of a two-player matrix game. */
export interface QuantalResponse {
  /** log π* per role, `[A_role]`. */
  readonly profile: HostProfile;
  /** Regularised gap Σ τ·KL(π*‖BR_τ(π*)) of the returned profile, in payoff units. */
  readonly gap: number;
  readonly newtonSteps: number;
}

const maxNewtonSteps = 400;

/**
 * The regularised equilibrium log π = log ρ + u(π)/τ − const (A1), the logit quantal response equilibrium with respect
 * to ρ, by Newton's method along the path λ = 1/τ from the reference (λ = 0) with tangent prediction. Quadratic at the
 * end; independent of every solver of the catalogue. In a constant-sum game it is the only one; in a
 * general-sum game the one on the principal branch, of possibly several.
 *
 * @param reference log ρ per role, `[A_role]`, full support.
 * @param deadline value of `performance.now()` at which to give up.
 * @throws `not-applicable` for τ = 0, for a game without a matrix, or when the path cannot be followed to the end (general-sum games may turn).
 */
export function quantalResponse(
  given: Game,
  temperature: number,
  reference: HostProfile,
  deadline = Number.POSITIVE_INFINITY,
): QuantalResponse {
  if (!(temperature > 0))
    throw new NashlabError('not-applicable', {
      what: `the regularised equilibrium at temperature ${temperature}`,
      expected: 'a temperature above 0',
    });
  const game = requireMatrices(given, 'the quantal response equation');
  const { pointAt, newtonDirection, tangent, move } = quantalEquation(game, reference);
  const target = 1 / temperature;
  let newtonSteps = 0;

  /** Damped Newton at λ until the merit is below `enough` or stops falling; undefined when it does not converge. */
  const correct = (start: Point, lambda: number, enough: number, limit: number): Point | undefined => {
    let point = start;
    for (let k = 0; k < limit && point.merit > enough; k++) {
      newtonSteps++;
      if (performance.now() > deadline) throw stuck(game, temperature, lambda);
      const direction = newtonDirection(point, lambda);
      let next: Point | undefined;
      for (let length = 1; length > 1e-4; length /= 2) {
        const trial = pointAt(move(point.log, direction, length), lambda);
        if (trial.merit < point.merit * (1 - length / 4)) {
          next = trial;
          break;
        }
      }
      if (next === undefined) return point.merit <= 1e-12 ? point : undefined;
      point = next;
    }
    return point.merit <= Math.max(enough, 1e-12) ? point : undefined;
  };

  const span = game.payoffSpan > 0 ? game.payoffSpan : 1;
  let lambda = Math.min(target, 0.25 / span);
  const first = correct(pointAt(reference.map(normalisedLog), lambda), lambda, 1e-8, 60);
  if (first === undefined) throw stuck(game, temperature, lambda);
  let point = first;
  let growth = 2;
  while (lambda < target) {
    const next = Math.min(target, lambda * growth);
    const along = tangent(point, lambda);
    const predicted = pointAt(move(point.log, along, next - lambda), next);
    const stay = pointAt(point.log, next);
    const before = newtonSteps;
    const reached = correct(predicted.merit < stay.merit ? predicted : stay, next, 1e-8, 12);
    if (newtonSteps > maxNewtonSteps) throw stuck(game, temperature, lambda);
    if (reached === undefined) {
      growth = 1 + (growth - 1) / 3;
      if (growth < 1 + 1e-4) throw stuck(game, temperature, lambda);
      continue;
    }
    if (newtonSteps - before <= 4) growth = Math.min(16, growth * 1.6);
    point = reached;
    lambda = next;
  }
  point = correct(pointAt(point.log, target), target, 0, 30) ?? point;
  return { profile: point.log, gap: point.merit * temperature, newtonSteps };
}

function stuck(game: Game, temperature: number, lambda: number): NashlabError {
  return new NashlabError('not-applicable', {
    what: `the equilibrium path of "${game.name}" could not be followed below temperature ${(1 / lambda).toPrecision(4)}, on the way to ${temperature}`,
    expected:
      game.sum === 'general'
        ? 'a higher temperature (paths of general-sum games may turn back)'
        : 'a higher temperature',
  });
}
