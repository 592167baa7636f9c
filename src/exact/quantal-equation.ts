import { Matrix as Dense, LuDecomposition } from 'ml-matrix';
import { klDivergence } from '../metrics/divergence.ts';
import { normalisedLog } from '../numerics/normalise.ts';
import { type MatrixGame, seatsPerRole } from '../solve/game.ts';
import type { HostProfile } from '../solve/problem.ts';

/** A profile with its payoffs and its distance from solving the equation. */
export interface Point {
  readonly log: Float64Array[];
  readonly payoffs: Float64Array[];
  /** Σ over seats of KL(π‖BR): the merit that Newton steps must decrease. */
  readonly merit: number;
}

/** Actions below this mass do not enter the linear system. */
const activeMass = 1e-40;

/** The equation log π = log ρ + λ·u(π) − const, λ = 1/τ, of one draw of a matrix game: values, Newton steps, tangents. */
export interface QuantalEquation {
  pointAt(log: Float64Array[], lambda: number): Point;
  newtonDirection(point: Point, lambda: number): Float64Array[];
  /** d log π/dλ along the path of equilibria. */
  tangent(point: Point, lambda: number): Float64Array[];
  /** log π moved along a direction, and normalised. */
  move(log: readonly Float64Array[], direction: readonly Float64Array[], length: number): Float64Array[];
}

export function quantalEquation(game: MatrixGame, reference: HostProfile): QuantalEquation {
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
