import { increasingRoot, type Slope } from '../numerics/increasing-root.ts';
import { normalisedLog } from '../numerics/normalise.ts';

/** Weights ≥ 0, not all of them 0, of the parts of a regulariser R(π, ρ). */
export interface RegulariserWeights {
  /** Of Σ π·log(π/ρ). */
  readonly reverse: number;
  /** Of Σ ρ·log(ρ/π). */
  readonly forward: number;
  /** Of Σ (π − ρ)²/ρ. */
  readonly chiSquared: number;
}

/** The best response in a regularised game, with its certificate of optimality. */
export interface RegularisedResponse {
  /** log-probabilities, `[A]`; −∞ where χ² alone regularises and the action is not worth playing. */
  readonly log: Float64Array;
  /** What playing an action left out would lose, in payoff units, `[A]`; 0 at the others. */
  readonly slack: Float64Array;
}

/*
 * With x = π/ρ the regulariser is Σ ρ·f(x), f′(x) = r·log x + w·(1 − 1/x) + 2c·(x − 1) increasing, and the maximiser of
 * ⟨π, u⟩ − τR(π, ρ) over the simplex is where u_a − τf′(x_a) is one number for all actions played, and less at the others.
 * Everything is written from the action with the largest payoff, whose x = e^D ≥ 1 is the largest: x_a = e^(D − t_a) with
 * t_a ≥ 0 from
 *
 *   r·t + w·(e^(t−D) − e^(−D)) + 2c·(e^D − e^(D−t)) = (max u − u_a)/τ,
 *
 * a sum of increasing terms ≥ 0; and D from Σ ρ_a·e^(D − t_a) = 1, whose left side increases in D.
 */

/** Weight times value, and 0 for weight 0 where the value overflows. */
export function weighted(weight: number, value: number): number {
  return weight === 0 ? 0 : weight * value;
}

/** The drop t that w·(e^(t−D) − e^(−D)) alone allows; room in units of w. */
function forwardDrop(top: number, room: number): number {
  const grown = room * Math.exp(top);
  // Where ρ is so small that e^D overflows, e^(−D) is nothing beside what is added to it.
  return grown < Infinity ? Math.log1p(grown) : top + Math.log(room);
}

/** The drop t that 2c·(e^D − e^(D−t)) alone allows, room in units of 2c; ∞ where the action is left out. */
function chiSquaredDrop(top: number, room: number): number {
  const lost = room * Math.exp(-top);
  return lost < 1 ? -Math.log1p(-lost) : Infinity;
}

/** The t at which one part alone takes up the room, the first of them: together they take it up no later. */
function reach({ reverse, forward, chiSquared }: RegulariserWeights, top: number, room: number): number {
  return Math.min(
    reverse > 0 ? room / reverse : Infinity,
    forward > 0 ? forwardDrop(top, room / forward) : Infinity,
    chiSquared > 0 ? chiSquaredDrop(top, room / (2 * chiSquared)) : Infinity,
  );
}

/** Left side of the equation for t, less its right side. */
function excess({ reverse, forward, chiSquared }: RegulariserWeights, top: number, t: number, right: number): Slope {
  const risen = Math.exp(t - top);
  const left = Math.exp(top - t);
  const terms =
    reverse * t + weighted(forward, risen - Math.exp(-top)) + weighted(2 * chiSquared, Math.exp(top) - left);
  return { value: terms - right, slope: reverse + weighted(forward, risen) + weighted(2 * chiSquared, left) };
}

/** t ≥ 0 of one action; ∞ where χ² alone leaves it out. */
function drop(weights: RegulariserWeights, parts: number, top: number, right: number): number {
  if (right === 0) return 0;
  const most = reach(weights, top, right);
  if (parts === 1) return most;
  // One of the parts carries at least its share.
  const least = reach(weights, top, right / parts);
  return increasingRoot((t) => excess(weights, top, t, right), least, most, most);
}

/** log Σ ρ_a·e^(D − t_a) and its slope in D. */
function logMass(weights: RegulariserWeights, reference: Float64Array, top: number, drops: Float64Array): Slope {
  const { slope: own } = excess(weights, top, 0, 0);
  let total = 0;
  let change = 0;
  for (let a = 0; a < drops.length; a++) {
    const mass = Math.exp(reference[a] + top - drops[a]);
    total += mass;
    if (mass > 0) change += mass * (own / excess(weights, top, drops[a], 0).slope);
  }
  return { value: Math.log(total), slope: change / total };
}

/** The largest D: f′(e^D) is at most (max u − min u)/τ. */
function highest({ reverse, forward, chiSquared }: RegulariserWeights, spread: number): number {
  return Math.min(
    reverse > 0 ? spread / reverse : Infinity,
    forward > spread ? -Math.log1p(-spread / forward) : Infinity,
    chiSquared > 0 ? Math.log1p(spread / (2 * chiSquared)) : Infinity,
  );
}

/**
 * argmax over π of ⟨π, u⟩ − τ·R(π, ρ), as exact as payoffs rounded to doubles make it. Reverse KL alone is
 * softmax(log ρ + u/τ), forward KL alone π = τρ/(λ − u), χ² alone π = ρ·max(0, 1 + (u − λ)/(2τ)).
 * @param payoffs u, `[A]`. @param reference log ρ, `[A]`. @param temperature τ > 0.
 */
export function regularisedResponse(
  weights: RegulariserWeights,
  payoffs: Float64Array,
  reference: Float64Array,
  temperature: number,
): RegularisedResponse {
  const best = payoffs.reduce((top, value) => Math.max(top, value));
  const rights = payoffs.map((value) => (best - value) / temperature);
  const spread = rights.reduce((most, right) => Math.max(most, right));
  const likeliest = rights.reduce((log, right, a) => (right === 0 ? Math.max(log, reference[a]) : log), -Infinity);
  const { reverse, forward, chiSquared } = weights;
  const parts = [reverse, forward, chiSquared].filter((weight) => weight > 0).length;
  const drops = (top: number): Float64Array => rights.map((right) => drop(weights, parts, top, right));
  // The best action's probability is at most 1.
  const high = Math.min(-likeliest, highest(weights, spread));
  const top = increasingRoot((at) => logMass(weights, reference, at, drops(at)), 0, high, high);
  const found = drops(top);
  const offered = 2 * chiSquared * Math.exp(top);
  return {
    log: normalisedLog(reference.map((log, a) => log - found[a])),
    slack: rights.map((right, a) => (found[a] === Infinity ? temperature * (right - offered) : 0)),
  };
}
