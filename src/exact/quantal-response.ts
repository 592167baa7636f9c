import { Matrix as Dense, LuDecomposition } from 'ml-matrix';
import { NashlabError } from '../core/errors.ts';
import { klDivergence } from '../metrics/divergence.ts';
import { normalisedLog } from '../numerics/normalise.ts';
import { type MatrixGame, seatsPerRole } from '../solve/game.ts';
import type { HostProfile } from '../solve/problem.ts';

/** The regularised equilibrium of a two-player matrix game. */
export interface QuantalResponse {
  /** log π* per role, `[A_role]`. */
  readonly profile: HostProfile;
  /** Regularised gap Σ τ·KL(π*‖BR_τ(π*)) of the returned profile, in payoff units. */
  readonly gap: number;
  readonly newtonSteps: number;
}

interface Point {
  readonly log: Float64Array[];
  readonly payoffs: Float64Array[];
  /** Σ over seats of KL(π‖BR): the merit that Newton steps must decrease. */
  readonly merit: number;
}

const activeMass = 1e-40;
const maxNewtonSteps = 400;

/** The quantities of the equation log π = log ρ + u(π)/τ − const, for one draw of a matrix game. */
function equation(game: MatrixGame, reference: HostProfile) {
  const roles = game.actions.length;
  const seats = seatsPerRole(game);
  const opponent = (role: number): number => roles - 1 - role;

  const payoffsOf = (log: readonly Float64Array[]): Float64Array[] =>
    game.matrices.map(({ rows, columns, values }, role) => {
      const policy = log[opponent(role)].map(Math.exp);
      const result = new Float64Array(rows);
      for (let i = 0; i < rows; i++) {
        let total = 0;
        for (let j = 0; j < columns; j++) total += values[i * columns + j] * policy[j];
        result[i] = total;
      }
      return result;
    });

  const response = (payoffs: Float64Array, role: number, lambda: number): Float64Array =>
    normalisedLog(payoffs.map((value, a) => reference[role][a] + lambda * value));

  const pointAt = (log: Float64Array[], lambda: number): Point => {
    const payoffs = payoffsOf(log);
    let merit = 0;
    for (let role = 0; role < roles; role++)
      merit += seats[role] * klDivergence(log[role], response(payoffs[role], role, lambda), 0, 0, game.actions[role]);
    return { log, payoffs, merit };
  };

  /**
   * Solves τδ − M·(π∘δ) + c·1 = right, ⟨π, δ⟩ = 0 per role. Scaled by √π on both sides the matrix is τI − S with S skew
   * for a symmetric game, so it is never singular there; actions without mass are recovered from their own row.
   */
  const solveLinear = (point: Point, tau: number, right: readonly Float64Array[]): Float64Array[] => {
    const mass = point.log.map((values) => values.map(Math.exp));
    const active: { role: number; action: number; root: number }[] = [];
    mass.forEach((values, role) => {
      values.forEach((p, action) => {
        if (p > activeMass) active.push({ role, action, root: Math.sqrt(p) });
      });
    });
    const size = active.length;
    const system = Dense.zeros(size + roles, size + roles);
    const vector = Dense.zeros(size + roles, 1);
    for (let i = 0; i < size; i++) {
      const { role, action, root } = active[i];
      const matrix = game.matrices[role];
      for (let j = 0; j < size; j++)
        if (active[j].role === opponent(role))
          system.set(i, j, -root * matrix.values[action * matrix.columns + active[j].action] * active[j].root);
      system.set(i, i, system.get(i, i) + tau);
      system.set(i, size + role, root);
      system.set(size + role, i, root);
      vector.set(i, 0, root * right[role][action]);
    }
    const solution = new LuDecomposition(system).solve(vector);
    const moved = game.actions.map((count) => new Float64Array(count));
    const weighted = game.actions.map((count) => new Float64Array(count));
    active.forEach(({ role, action, root }, i) => {
      weighted[role][action] = root * solution.get(i, 0);
      moved[role][action] = solution.get(i, 0) / root;
    });
    game.matrices.forEach(({ rows, columns, values }, role) => {
      const constant = solution.get(size + role, 0);
      for (let a = 0; a < rows; a++) {
        if (mass[role][a] > 1e-6) continue;
        let total = right[role][a] - constant;
        for (let j = 0; j < columns; j++) total += values[a * columns + j] * weighted[opponent(role)][j];
        moved[role][a] = total / tau;
      }
    });
    return moved;
  };

  const newtonDirection = (point: Point, lambda: number): Float64Array[] => {
    const tau = 1 / lambda;
    const right = point.log.map((log, role) =>
      log.map((value, a) => point.payoffs[role][a] - tau * (value - reference[role][a])),
    );
    return solveLinear(point, tau, right);
  };

  /** dℓ/dλ along the path of equilibria. */
  const tangent = (point: Point, lambda: number): Float64Array[] =>
    solveLinear(
      point,
      1 / lambda,
      point.payoffs.map((values) => values.map((value) => value / lambda)),
    );

  const move = (log: readonly Float64Array[], direction: readonly Float64Array[], length: number): Float64Array[] =>
    log.map((values, role) => normalisedLog(values.map((value, a) => value + length * direction[role][a])));

  return { pointAt, newtonDirection, tangent, move };
}

/**
 * The regularised equilibrium log π = log ρ + u(π)/τ − const (A1), the logit quantal response equilibrium with respect
 * to ρ, by Newton's method along the path λ = 1/τ from the reference (λ = 0) with tangent prediction. Quadratic at the
 * end; independent of every solver of the catalogue. In a constant-sum game it is the only one; in a
 * general-sum game the one on the principal branch, of possibly several.
 *
 * @param reference log ρ per role, `[A_role]`, full support.
 * @param deadline value of `performance.now()` at which to give up.
 * @throws `not-applicable` for τ = 0, or when the path cannot be followed to the end (general-sum games may turn).
 */
export function quantalResponse(
  game: MatrixGame,
  temperature: number,
  reference: HostProfile,
  deadline = Number.POSITIVE_INFINITY,
): QuantalResponse {
  if (!(temperature > 0))
    throw new NashlabError('not-applicable', {
      what: `the regularised equilibrium at temperature ${temperature}`,
      expected: 'a temperature above 0',
    });
  const { pointAt, newtonDirection, tangent, move } = equation(game, reference);
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

function stuck(game: MatrixGame, temperature: number, lambda: number): NashlabError {
  return new NashlabError('not-applicable', {
    what: `the equilibrium path of "${game.name}" could not be followed below temperature ${(1 / lambda).toPrecision(4)}, on the way to ${temperature}`,
    expected:
      game.sum === 'general'
        ? 'a higher temperature (paths of general-sum games may turn back)'
        : 'a higher temperature',
  });
}
