import { Matrix as Dense, LuDecomposition } from 'ml-matrix';
import { klDivergence } from '../metrics/divergence.ts';
import { normalisedLog } from '../numerics/normalise.ts';
import { type MatrixGame, seatsPerRole } from '../solve/game.ts';
import { type HostProfile, stepSpan } from '../solve/problem.ts';

/** A profile with its payoffs and its distance from solving the equation. */
export interface Point {
  readonly log: Float64Array[];
  readonly payoffs: Float64Array[];
  /** Σ over seats of KL(π‖BR), the regularised gap in units of τ: tells when a point is met, and which beginning is best. */
  readonly merit: number;
}

/** Actions below this mass do not enter the linear system. */
const activeMass = 1e-40;
/** Logarithm of the mass below which an action's own row is more accurate than the scaled system. */
const littleMass = Math.log(1e-6);

interface ActiveAction {
  readonly role: number;
  readonly action: number;
  readonly root: number;
}

/** What the decomposition holds, of which its types are silent. */
interface Factors {
  readonly LU: Dense;
  readonly pivotSign: number;
}

/** The equation log π = log ρ + λ·u(π) − const, λ = 1/τ, of one draw of a matrix game: values, Newton steps, their trace. */
export interface QuantalEquation {
  pointAt(log: Float64Array[], lambda: number): Point;
  /** Largest span over roles of log π − log ρ − λ·u(π), the equation's own residual: what Newton steps must decrease. */
  residual(point: Point, lambda: number): number;
  newtonDirection(point: Point, lambda: number): Float64Array[];
  /** A profile moved by `length` of a Newton direction, and normalised. */
  move(
    log: readonly Float64Array[],
    direction: readonly Float64Array[],
    length: number,
    lambda: number,
  ): Float64Array[];
  /** Sign of the determinant of the Newton system: it changes where a path turns back or branches. */
  orientation(point: Point, lambda: number): number;
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

  const residual = ({ log, payoffs }: Point, lambda: number): number => {
    const ofRole = (row: Float64Array, role: number): number => {
      let least = Infinity;
      let most = -Infinity;
      row.forEach((value, a) => {
        const off = value - reference[role][a] - lambda * payoffs[role][a];
        least = Math.min(least, off);
        most = Math.max(most, off);
      });
      return most - least;
    };
    return Math.max(...log.map(ofRole));
  };

  /**
   * The system τδ − M·(π∘δ) + c·1, ⟨π, δ⟩ = 0 per role, of the actions that have mass, scaled by √π on both sides: τI − S,
   * bordered, with S skew for a symmetric game, so that it is never singular there.
   */
  const systemAt = (point: Point, tau: number): { readonly active: ActiveAction[]; readonly system: Dense } => {
    const active = point.log.flatMap((values, role) =>
      [...values].flatMap((value, action) => {
        const mass = Math.exp(value);
        return mass > activeMass ? [{ role, action, root: Math.sqrt(mass) }] : [];
      }),
    );
    const size = active.length;
    const system = Dense.zeros(size + roles, size + roles);
    for (let i = 0; i < size; i++) {
      const { role, action, root } = active[i];
      const matrix = game.matrices[role];
      for (let j = 0; j < size; j++)
        if (active[j].role === opponent(role))
          system.set(i, j, -root * matrix.values[action * matrix.columns + active[j].action] * active[j].root);
      system.set(i, i, system.get(i, i) + tau);
      system.set(i, size + role, root);
      system.set(size + role, i, root);
    }
    return { active, system };
  };

  /** Solves it for u − τ·log(π/ρ) on the right; actions with little mass are recovered from their own row. */
  const newtonDirection = (point: Point, lambda: number): Float64Array[] => {
    const tau = 1 / lambda;
    // Near a solution all of it is the constant, whose rounding, over √π, would drown what actions with little mass lack.
    const right = point.log.map((log, role) => {
      const values = log.map((value, a) => point.payoffs[role][a] - tau * (value - reference[role][a]));
      const mean = values.reduce((sum, value, a) => sum + Math.exp(log[a]) * value, 0);
      return values.map((value) => value - mean);
    });
    const { active, system } = systemAt(point, tau);
    const size = active.length;
    const vector = Dense.zeros(size + roles, 1);
    active.forEach(({ role, action, root }, i) => {
      vector.set(i, 0, root * right[role][action]);
    });
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
        if (point.log[role][a] > littleMass) continue;
        let total = right[role][a] - constant;
        for (let j = 0; j < columns; j++) total += values[a * columns + j] * weighted[opponent(role)][j];
        moved[role][a] = total / tau;
      }
    });
    return moved;
  };

  const orientation = (point: Point, lambda: number): number => {
    const { LU, pivotSign } = new LuDecomposition(systemAt(point, 1 / lambda).system) as unknown as Factors;
    let sign = pivotSign;
    for (let i = 0; i < LU.rows; i++) sign *= Math.sign(LU.get(i, i));
    return sign;
  };

  /**
   * Payoffs are linear in π and stiff (λ·s), logarithms are not: a mass above 1/(λ·s) moves along the line, π·(1 + δ), and
   * one below it along the exponential, π·exp δ; none crosses that mark in the other's way.
   */
  const move = (
    log: readonly Float64Array[],
    direction: readonly Float64Array[],
    length: number,
    lambda: number,
  ): Float64Array[] => {
    const mark = -Math.log(lambda * stepSpan(game));
    return log.map((values, role) =>
      normalisedLog(
        values.map((value, a) => {
          const delta = length * direction[role][a];
          const line = delta > -1 ? value + Math.log1p(delta) : Number.NEGATIVE_INFINITY;
          return delta > 0
            ? Math.min(value + delta, Math.max(line, mark))
            : Math.max(line, Math.min(value + delta, mark));
        }),
      ),
    );
  };

  return { pointAt, residual, newtonDirection, move, orientation };
}
