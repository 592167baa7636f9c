import { normalisedLog } from '../numerics/normalise.ts';
import type { Demands, RobustTilt } from './robust-tilt.ts';
import { symmetricSolve } from './symmetric-solve.ts';

/** A point of the path: multipliers, slacks E_π[c_g] − t − s = 0, and the level t of the worst demand. */
export interface Point {
  readonly y: Float64Array;
  readonly slack: Float64Array;
  readonly level: number;
  readonly log: Float64Array;
  readonly met: Float64Array;
}

/** Scores (f + Σ y_g c_g)/τ above log ρ. */
function tilt({ reference, temperature, objective, columns }: Demands, y: Float64Array): Float64Array {
  const log = reference.slice();
  if (objective !== undefined) for (let a = 0; a < log.length; a++) log[a] += objective[a] / temperature;
  columns.forEach((column, g) => {
    const weight = y[g] / temperature;
    if (weight !== 0) for (let a = 0; a < log.length; a++) log[a] += weight * column[a];
  });
  return normalisedLog(log);
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, k) => sum + value * b[k], 0);

export function pointAt(demands: Demands, y: Float64Array, slack: Float64Array, level: number): Point {
  const log = tilt(demands, y);
  const policy = log.map(Math.exp);
  return { y, slack, level, log, met: Float64Array.from(demands.columns, (column) => dot(policy, column)) };
}

/** Covariances of the columns under π over τ, `[G, G]`: second derivatives of the dual. */
function curvature({ temperature, columns }: Demands, { log, met }: Point): Float64Array {
  const count = columns.length;
  const centred = columns.map((column, g) => column.map((value, a) => Math.exp(log[a] / 2) * (value - met[g])));
  const result = new Float64Array(count * count);
  for (let g = 0; g < count; g++)
    for (let h = 0; h <= g; h++) {
      result[g * count + h] = dot(centred[g], centred[h]) / temperature;
      result[h * count + g] = result[g * count + h];
    }
  return result;
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** How far a point is from E_π[c] = t + s, y·s = centre and Σ y = 1. */
function residual({ rule }: Demands, { y, slack, level, met }: Point, centre: number): number {
  let sum = rule === 'worst' ? (1 - total(y)) ** 2 : 0;
  for (let g = 0; g < y.length; g++) sum += (met[g] - level - slack[g]) ** 2 + (y[g] * slack[g] - centre) ** 2;
  return Math.sqrt(sum);
}

/** One damped Newton step towards y·s = centre; undefined where rounding stops it. */
function step(demands: Demands, at: Point, centre: number): Point | undefined {
  const { y, slack, level, met } = at;
  const count = y.length;
  const hessian = curvature(demands, at);
  for (let g = 0; g < count; g++) hessian[g * count + g] += slack[g] / y[g];
  const right = met.map((value, g) => centre / y[g] - value + level);
  const free = symmetricSolve(count, hessian, right);
  const along = symmetricSolve(count, hessian, new Float64Array(count).fill(1));
  const rise = demands.rule === 'worst' ? (1 - total(y) - total(free)) / total(along) : 0;
  const dy = free.map((value, g) => value + rise * along[g]);
  const ds = slack.map((value, g) => centre / y[g] - value - (value * dy[g]) / y[g]);
  let length = 1;
  for (let g = 0; g < count; g++) {
    if (dy[g] < 0) length = Math.min(length, (-0.99 * y[g]) / dy[g]);
    if (ds[g] < 0) length = Math.min(length, (-0.99 * slack[g]) / ds[g]);
  }
  const before = residual(demands, at, centre);
  for (; length > 1e-9; length /= 2) {
    const next = pointAt(
      demands,
      y.map((value, g) => value + length * dy[g]),
      slack.map((value, g) => value + length * ds[g]),
      level + length * rise,
    );
    if (residual(demands, next, centre) <= (1 - length / 100) * before) return next;
  }
  return undefined;
}

/** Steps without a better proof after which only rounding is left, once the path is near its end. */
const patience = 10;
const nearEnd = 1e-10;
const mostSteps = 2000;

/** The proof of a point: see `RobustTilt`. */
export function proofOf({ rule }: Demands, { y, met }: Point): Pick<RobustTilt, 'gap' | 'violation'> {
  const least = met.reduce((low, value) => Math.min(low, value), Infinity);
  if (rule === 'worst') return { gap: y.reduce((sum, weight, g) => sum + weight * (met[g] - least), 0), violation: 0 };
  const gap = y.reduce((sum, weight, g) => sum + weight * Math.abs(met[g]), 0);
  return { gap, violation: Math.max(0, -least) };
}

/** A point with the error of its proof. */
interface Proved extends Point {
  readonly error: number;
  readonly steps: number;
}

/** Follows the central path from a point until the proof is as good as asked for, or rounding ends it. */
export function follow(demands: Demands, from: Point, enough: number): Proved {
  const count = demands.columns.length;
  let at = pointAt(demands, from.y, from.slack, from.level);
  let [best, bestStep]: [Proved, number] = [{ ...at, error: Infinity, steps: 0 }, 0];
  let steps = 0;
  for (; steps < mostSteps && best.error > enough; steps++) {
    const { gap, violation } = proofOf(demands, at);
    const product = dot(at.y, at.slack) / count;
    const error = Math.max(gap, violation, product);
    if (error < best.error) [best, bestStep] = [{ ...at, error, steps }, steps];
    else if (product < nearEnd && steps - bestStep > patience) break;
    // Slacks that are not yet those of the policy hold the path back.
    const off = at.met.reduce((most, value, g) => Math.max(most, Math.abs(value - at.level - at.slack[g])), product);
    const next = step(demands, at, 0.1 * off) ?? step(demands, at, off);
    if (next === undefined) break;
    at = next;
  }
  return { ...best, steps };
}
