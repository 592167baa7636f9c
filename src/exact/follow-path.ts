import { normalisedLog } from '../numerics/normalise.ts';
import type { HostProfile } from '../solve/problem.ts';
import type { Point, QuantalEquation } from './quantal-equation.ts';

/** A point of the path that was accepted on the way. */
export interface Waypoint {
  readonly lambda: number;
  readonly point: Point;
}

/** How a path is followed: how exactly a point on the way is met, in how many steps, and how far the next one lies. */
interface Pace {
  readonly enough: number;
  readonly limit: number;
  /** Factor of λ from one point to the next: the first, and the largest. */
  readonly growth: number;
  readonly mostGrowth: number;
  /** Points that may be missed before the path counts as lost. */
  readonly mostMisses: number;
}

/** Where the equilibrium is unique, a point on the way need only be near it. */
const bold: Pace = { enough: 0.01, limit: 20, growth: 3, mostGrowth: 8, mostMisses: 100 };
/** Elsewhere a careless step may land on another branch. */
const careful: Pace = { enough: 1e-6, limit: 8, growth: 2, mostGrowth: 3, mostMisses: 9 };

/** The furthest a careful Newton step may move a policy, in total variation. */
const longestStep = 0.2;
/** Where a path turns back it moves ever faster; where it only branches, a small step moves it little. */
const branchStep = 1.03;
const branchMove = 0.03;

/** Shortest part of a Newton step that is tried, and the part of its promise that a step must keep. */
const shortestLength = 1e-6;
const leastFall = 0.01;

/** First λ in units of 1/span: the path is all but straight up to there. */
const firstLambda = 0.25;

/** Largest total variation between two profiles, over roles. */
function distance(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  const ofRole = (row: Float64Array, role: number): number =>
    row.reduce((sum, value, k) => sum + Math.abs(Math.exp(value) - Math.exp(b[role][k])), 0) / 2;
  return Math.max(...a.map(ofRole));
}

/** Newton's method at one λ. */
export interface Corrector {
  /** From `start` to a merit of at most `enough`; undefined when it does not get there within `limit` steps. */
  correct(start: Point, lambda: number, enough: number, limit: number): Point | undefined;
  /** Steps until the residual is rounding, or stops falling. */
  polish(start: Point, lambda: number): Point;
  newtonSteps(): number;
}

/** @param tick called before every step; throws to give up. */
export function corrector(equation: QuantalEquation, tick: (lambda: number) => void): Corrector {
  const { unique, span, pointAt, residual, newtonDirection, move } = equation;
  let steps = 0;
  const directionAt = (point: Point, lambda: number): Float64Array[] => {
    tick(lambda);
    steps++;
    return newtonDirection(point, lambda);
  };
  /**
   * The longest of the halved steps that lowers the residual; undefined where rounding is all that is left of it. Along a
   * Newton direction every component of the residual falls as 1 − length, to first order, so that a short step always
   * lowers it. KL(π‖BR) need not fall: where the response puts much mass on an action that has little, it may rise.
   */
  const damped = (point: Point, lambda: number): Point | undefined => {
    const direction = directionAt(point, lambda);
    const before = residual(point, lambda);
    for (let length = 1; length > shortestLength; length /= 2) {
      const trial = pointAt(move(point.log, direction, length, lambda), lambda);
      if (residual(trial, lambda) < before * (1 - length * leastFall)) return trial;
    }
    return undefined;
  };
  const boldly = (start: Point, lambda: number, enough: number, limit: number): Point | undefined => {
    let point: Point | undefined = start;
    for (let k = 0; k < limit && point !== undefined && point.merit > enough; k++) point = damped(point, lambda);
    return point !== undefined && point.merit <= enough ? point : undefined;
  };
  /** Full steps, each at most 0.7 as long as the one before: a contraction, so that the nearest solution is met. */
  const carefully = (start: Point, lambda: number, enough: number, limit: number): Point | undefined => {
    let point = start;
    let longest = longestStep;
    for (let k = 0; k < limit && point.merit > enough; k++) {
      const next = pointAt(move(point.log, directionAt(point, lambda), 1, lambda), lambda);
      const moved = distance(next.log, point.log);
      if (!(moved <= longest)) return undefined;
      longest = moved * 0.7;
      point = next;
    }
    return point.merit <= enough ? point : undefined;
  };
  return {
    correct: unique ? boldly : carefully,
    polish(start, lambda) {
      // A payoff is rounded by a few ε of the span. KL ≤ residual²/8 per seat: then the merit is rounding as well.
      const rounding = 8 * Number.EPSILON * (1 + lambda * span);
      let point = start;
      for (let k = 0; k < 30 && residual(point, lambda) > rounding; k++) {
        const next = damped(point, lambda);
        if (next === undefined) break;
        point = next;
      }
      return point;
    },
    newtonSteps: () => steps,
  };
}

/** The best of three beginnings at λ: where the path was, and where its last two points lead in log π or in π against log λ. */
export function beginning(
  { pointAt }: QuantalEquation,
  [before, last]: readonly [Waypoint | undefined, Waypoint],
  lambda: number,
): Point {
  const stay = pointAt(last.point.log, lambda);
  if (before === undefined) return stay;
  const ratio = Math.log(lambda / last.lambda) / Math.log(last.lambda / before.lambda);
  const ahead = (of: (value: number, from: number) => number): Point =>
    pointAt(
      last.point.log.map((row, role) => normalisedLog(row.map((value, a) => of(value, before.point.log[role][a])))),
      lambda,
    );
  const exponential = ahead((value, from) => value + ratio * (value - from));
  const linear = ahead((value, from) => {
    const factor = 1 + ratio * (1 - Math.exp(from - value));
    return factor > 0.5 ? value + Math.log(factor) : value + ratio * (value - from);
  });
  return [exponential, linear].reduce((best, one) => (one.merit < best.merit ? one : best), stay);
}

/**
 * Whether a path turned back, or jumped to another branch, between two points: the Newton system faces the other way, and
 * the step was too long, or moved too far, for a mere branching.
 */
function turnsBack(from: Waypoint, to: Waypoint): boolean {
  return to.lambda > from.lambda * branchStep || distance(to.point.log, from.point.log) > branchMove;
}

/**
 * Follows the regularised equilibria of a game from near the reference (λ = 0) to λ = 1/τ. Newton's first step at a new λ
 * is the tangent of the path in τ, so no other prediction is needed but the start from two points.
 * @returns the points met on the way, the last one at `target`; where the path is lost, `lost` tells the λ it came to.
 */
export function followPath(
  equation: QuantalEquation,
  { correct }: Corrector,
  reference: HostProfile,
  target: number,
): { readonly waypoints: Waypoint[]; readonly lost?: number } {
  const { unique, span } = equation;
  const { enough, limit, mostGrowth, mostMisses, growth: firstGrowth } = unique ? bold : careful;
  const facingAt = ({ point, lambda }: Waypoint): number => (unique ? 1 : equation.orientation(point, lambda));
  const start = Math.min(target, firstLambda / span);
  const first = correct(equation.pointAt(reference.map(normalisedLog), start), start, enough, 60);
  if (first === undefined) return { waypoints: [], lost: start };
  let last: Waypoint = { lambda: start, point: first };
  const waypoints = [last];
  let growth = firstGrowth;
  let facing = facingAt(last);
  for (let misses = 0; last.lambda < target; ) {
    const lambda = Math.min(target, last.lambda * growth);
    const begin = beginning(equation, [waypoints[waypoints.length - 2], last], lambda);
    const point = correct(begin, lambda, enough, limit);
    const next = point && { lambda, point };
    const turned = next !== undefined && facingAt(next) !== facing;
    if (next === undefined || (turned && turnsBack(last, next))) {
      growth = Math.sqrt(lambda / last.lambda);
      if (growth < 1 + 1e-4 || ++misses > mostMisses) return { waypoints, lost: last.lambda };
      continue;
    }
    if (turned) facing = -facing;
    growth = Math.min(mostGrowth, growth ** 1.5);
    waypoints.push(next);
    last = next;
  }
  return { waypoints };
}
