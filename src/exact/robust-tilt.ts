import { NashlabError } from '../core/errors.ts';
import { spanOf } from '../solve/place-matrices.ts';
import { follow, type Point, pointAt, proofOf } from './tilt-path.ts';

/** What a policy near a reference is asked for. */
export interface Demands {
  /** log ρ, `[A]`. */
  readonly reference: Float64Array;
  /** τ > 0, the weight of KL(π‖ρ). */
  readonly temperature: number;
  /** f, `[A]`: what is maximised beside the demands; 0 where absent. */
  readonly objective?: Float64Array;
  /** c_g, `[A]` each: what every demand counts. */
  readonly columns: readonly Float64Array[];
  /**
   * `worst`: the smallest E_π[c_g] is part of what is maximised, and the multipliers add up to 1.
   * `each`: every E_π[c_g] has to be at least 0; some policy must make all of them positive.
   */
  readonly rule: 'worst' | 'each';
}

/** The best policy, with its proof. */
export interface RobustTilt {
  /** log π, `[A]`. */
  readonly log: Float64Array;
  /** y ≥ 0, one per demand. */
  readonly multipliers: Float64Array;
  /** E_π[c_g]. */
  readonly met: Float64Array;
  /**
   * Proven: no policy (of those that meet every demand to `violation`) is better by more, in the units of f and c. It is
   * Σ y_g·(E_π[c_g] − min E_π[c]) for the worst demand, Σ y_g·|E_π[c_g]| for each of them.
   */
  readonly gap: number;
  /** How far below 0 a demand is left, for `each`. */
  readonly violation: number;
  readonly newtonSteps: number;
}

/** What multipliers y ≥ 0 (adding up to 1 for `worst`) and the policy ρ·exp((f + Σ y_g c_g)/τ) prove of each other. */
export function proofAt(demands: Demands, y: Float64Array): Pick<RobustTilt, 'gap' | 'violation'> {
  return proofOf(demands, pointAt(demands, y, y, 0));
}

/** The same demands with numbers of the order of 1, and what was divided by. */
function scaled(demands: Demands): { readonly demands: Demands; readonly unit: number } {
  const { columns, objective, temperature } = demands;
  const unit = Math.max(...columns.map((column) => Math.max(spanOf(column), ...column.map(Math.abs))));
  if (!(unit > 0)) return { demands, unit: 1 };
  const divide = (values: Float64Array): Float64Array => values.map((value) => value / unit);
  return {
    demands: {
      ...demands,
      temperature: temperature / unit,
      columns: columns.map(divide),
      ...(objective === undefined ? {} : { objective: divide(objective) }),
    },
    unit,
  };
}

/** The cost grows with the cube of their number: above it a step takes longer than 0.1 s. */
const mostDemands = 400;
/** The worst proof that passes, in units of the demands' range; usual ones are 1e-15·(1 + range/τ). */
const loosest = 1e-8;

function requireFew({ columns }: Demands): void {
  if (columns.length <= mostDemands) return;
  throw new NashlabError('too-large', {
    what: `${columns.length} demands on one policy`,
    expected: `at most ${mostDemands}; "group-minimax" takes more, at temperature 0`,
  });
}

/** Temperatures of the path, in units of the demands: it starts at the first, and falls by the second. */
const warm = 0.1;
const cooling = 4;

/**
 * The policy near a reference that serves several demands:
 *
 *   worst: max_π E_π[f] + min_g E_π[c_g] − τ·KL(π‖ρ);   each: max_π E_π[f] − τ·KL(π‖ρ) subject to E_π[c_g] ≥ 0 for all g
 *
 * Both are π ∝ ρ·exp((f + Σ y_g c_g)/τ), y the minimum of the convex τ·log Σ ρ·exp((f + Σ y_g c_g)/τ) over the simplex, or
 * over y ≥ 0. Found by a primal-dual interior-point method in y, from high temperatures to τ; O(G²·A + G³) a step.
 * @throws `not-applicable` where the proof is not good to 1e-8 of the range of the demands, `too-large` above 400 of them.
 */
export function robustTilt(given: Demands): RobustTilt {
  requireFew(given);
  const { demands, unit } = scaled(given);
  const count = demands.columns.length;
  const first = demands.rule === 'worst' ? 1 / count : 0.1;
  let at: Point = pointAt(demands, new Float64Array(count).fill(first), new Float64Array(count).fill(0.1), 0);
  let steps = 0;
  const { temperature: end } = demands;
  for (let temperature = Math.max(warm, end); temperature > end; temperature = Math.max(end, temperature / cooling)) {
    const reached = follow({ ...demands, temperature }, at, temperature / 10);
    steps += reached.steps;
    const lift = (values: Float64Array): Float64Array => values.map((value) => Math.max(value, temperature / 100));
    at = { ...reached, y: lift(reached.y), slack: lift(reached.slack) };
  }
  // Rounding of log π is that of scores/τ.
  const best = follow(demands, at, 4 * Number.EPSILON * (1 + 1 / end));
  const { gap, violation } = proofOf(demands, best);
  if (!(Math.max(gap, violation) <= loosest))
    throw new NashlabError('not-applicable', {
      what: `the policy near the reference that serves ${count} demands was found only to ${(gap * unit).toExponential(1)}`,
      expected: `${loosest} of their range: a higher temperature, or demands that a policy can more than meet`,
    });
  const { log, y, met } = best;
  const back = (values: Float64Array): Float64Array => values.map((value) => value * unit);
  return {
    log,
    multipliers: y,
    met: back(met),
    gap: gap * unit,
    violation: violation * unit,
    newtonSteps: steps + best.steps,
  };
}
