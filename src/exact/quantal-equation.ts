import { klDivergence } from '../numerics/divergence.ts';
import { normalisedLog } from '../numerics/normalise.ts';
import { type Game, isMatrixGame, isMonotone, seatsPerRole } from '../solve/game.ts';
import { type HostProfile, stepSpan } from '../solve/problem.ts';
import { dividedBy } from './linearisation.ts';
import { matrixLinearisation } from './matrix-linearisation.ts';
import { newtonSystem } from './newton-system.ts';
import { playersLinearisation } from './players-linearisation.ts';

/** A profile with its payoffs and its distance from solving the equation. */
export interface Point {
  readonly log: Float64Array[];
  /** Per role, in units of the factor of its temperature. */
  readonly payoffs: Float64Array[];
  /** Σ over seats of KL(π‖BR): tells when a point is met, and which beginning is best. */
  readonly merit: number;
  /** The same with each seat weighted by the factor of its temperature: the regularised gap in units of τ. */
  readonly gap: number;
}

/**
 * The equation log π_r = log ρ_r + λ·u_r(π)/f_r − const, λ = 1/τ, of one draw of a game, f_r the factor of the temperature of
 * role r: values, Newton steps, their trace.
 */
export interface QuantalEquation {
  /** Name of the game. */
  readonly name: string;
  /** At most one solution at every λ. */
  readonly unique: boolean;
  /** Largest payoff span of a role, in units of the factor of its temperature. */
  readonly span: number;
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
  /** Damped best response (1 − w)·π + w·BR(π). */
  mixedWithResponse(point: Point, lambda: number, weight: number): Float64Array[];
  /** Gives back what it holds. */
  release(): void;
}

/** @param factors of the temperature, per role; 1 where absent. */
export function quantalEquation(game: Game, reference: HostProfile, factors?: readonly number[]): QuantalEquation {
  const roles = game.actions.length;
  const seats = seatsPerRole(game);
  const own = isMatrixGame(game) ? matrixLinearisation(game) : playersLinearisation(game);
  const { payoffs: payoffsOf, jacobian, release } = factors === undefined ? own : dividedBy(factors, own);
  const span = stepSpan(game) / Math.min(...(factors ?? [1]));

  const { newtonDirection, orientation } = newtonSystem(game.actions, reference, jacobian);

  const response = (payoffs: Float64Array, role: number, lambda: number): Float64Array =>
    normalisedLog(payoffs.map((value, a) => reference[role][a] + lambda * value));

  const pointAt = (log: Float64Array[], lambda: number): Point => {
    const payoffs = payoffsOf(log);
    let merit = 0;
    let gap = 0;
    for (let role = 0; role < roles; role++) {
      const answer = response(payoffs[role], role, lambda);
      const lost = seats[role] * klDivergence(log[role], answer, 0, 0, game.actions[role]);
      merit += lost;
      gap += (factors?.[role] ?? 1) * lost;
    }
    return { log, payoffs, merit, gap };
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

  const mixedWithResponse = ({ log, payoffs }: Point, lambda: number, weight: number): Float64Array[] =>
    log.map((row, role) => {
      const answer = response(payoffs[role], role, lambda);
      return normalisedLog(answer.map((to, a) => Math.log((1 - weight) * Math.exp(row[a]) + weight * Math.exp(to))));
    });

  /**
   * Payoffs are linear in each π and stiff (λ·s), logarithms are not: a mass above 1/(λ·s) moves along the line, π·(1 + δ), and
   * one below it along the exponential, π·exp δ; none crosses that mark in the other's way.
   */
  const move = (
    log: readonly Float64Array[],
    direction: readonly Float64Array[],
    length: number,
    lambda: number,
  ): Float64Array[] => {
    const mark = -Math.log(lambda * span);
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

  return {
    name: game.name,
    unique: isMonotone(game),
    span,
    pointAt,
    residual,
    newtonDirection,
    move,
    orientation,
    mixedWithResponse,
    release,
  };
}
