import type { Ops } from '../numerics/ops.ts';
import type { Scalar, Tensor } from '../numerics/tensor.ts';
import type { Problem, Profile } from './problem.ts';

/*
 * The one update of the field, in log space and then normalised:
 *
 *   θ⁺ = (1 − ητ)·θ_centre + ητ·log ρ + η·u(opponent)
 *
 * A solver chooses the centre, the opponent, the magnet ρ, the look-ahead and the schedule.
 */

const times = (ops: Ops, a: Scalar, b: Scalar): Scalar =>
  typeof a === 'number' ? (typeof b === 'number' ? a * b : ops.mul(b, a)) : ops.mul(a, b);

const complement = (ops: Ops, a: Scalar): Scalar => (typeof a === 'number' ? 1 - a : ops.add(ops.mul(a, -1), 1));

const plusOne = (ops: Ops, a: Scalar): Scalar => (typeof a === 'number' ? 1 + a : ops.add(a, 1));

const over = (ops: Ops, a: Scalar, b: Scalar): Scalar => {
  if (typeof a === 'number' && typeof b === 'number') return a / b;
  if (typeof a !== 'number') return ops.div(a, b);
  return ops.div(ops.fill((b as Tensor).shape, a), b);
};

/** One for all roles, or one per role. */
export type PerRole<Value> = Value | readonly Value[];

const isPerRole = <Value extends Scalar>(value: PerRole<Value>): value is readonly Value[] => Array.isArray(value);

/** The value of a role. */
export function ofRole<Value extends Scalar>(value: PerRole<Value>, role: number): Value {
  return isPerRole(value) ? value[role] : (value as Value);
}

/** What a step needs: where its KL term is centred, the payoffs it follows, and how far. */
export interface Step {
  /** Log-probabilities per role, `[B, A]`. */
  readonly centre: Profile;
  /** Payoff vector per role against the chosen opponent, `[B, A]`. */
  readonly payoffs: readonly Tensor[];
  readonly stepSize: Scalar;
  /** In place of the problem's reference and temperature. */
  readonly magnet?: { readonly policy: Profile; readonly temperature: PerRole<Scalar> };
}

/** The temperatures of a step, and for roles of different ones the step of each as that of a game of one role. */
function temperatureIn(problem: Problem, { magnet }: Step): PerRole<Scalar> {
  return magnet?.temperature ?? problem.temperatures ?? problem.temperature;
}

type Take = (problem: Problem, step: Step) => Tensor[];

function eachRole(problem: Problem, step: Step, temperatures: readonly Scalar[], take: Take): Tensor[] {
  const policy = step.magnet?.policy ?? problem.reference;
  return temperatures.flatMap((temperature, role) =>
    take(problem, {
      centre: [step.centre[role]],
      payoffs: [step.payoffs[role]],
      stepSize: step.stepSize,
      magnet: { policy: [policy[role]], temperature },
    }),
  );
}

function blended(
  ops: Ops,
  centre: Tensor,
  reference: Tensor,
  payoffs: Tensor,
  keep: Scalar,
  pull: Scalar,
  push: Scalar,
): Tensor {
  return pull === 0
    ? ops.combineLogSoftmax([keep, push], [centre, payoffs])
    : ops.combineLogSoftmax([keep, pull, push], [centre, reference, payoffs]);
}

/** Σ of the three terms with the given weights, normalised, per role. */
function blend(problem: Problem, step: Step, keep: Scalar, pull: Scalar, push: Scalar): Tensor[] {
  const { ops } = problem;
  const { centre, payoffs } = step;
  const reference = step.magnet?.policy ?? problem.reference;
  // The first without a list that grows: V8 makes that one with room for seventeen.
  const next = [blended(ops, centre[0], reference[0], payoffs[0], keep, pull, push)];
  for (let role = 1; role < centre.length; role++)
    next.push(blended(ops, centre[role], reference[role], payoffs[role], keep, pull, push));
  return next;
}

/**
 * Linearised regulariser, step η: log π⁺ = (1 − ητ)·centre + ητ·log ρ + η·u − const, per role `[B, A]`.
 * The same map as `proximalStep` with γ = η/(1 − ητ).
 */
export function explicitStep(problem: Problem, step: Step): Tensor[] {
  const temperature = temperatureIn(problem, step);
  if (isPerRole(temperature)) return eachRole(problem, step, temperature, explicitStep);
  const pull = times(problem.ops, step.stepSize, temperature);
  return blend(problem, step, complement(problem.ops, pull), pull, step.stepSize);
}

/**
 * Exact regulariser, step γ: log π⁺ = (centre + γτ·log ρ + γ·u)/(1 + γτ) − const, per role `[B, A]`; the argmax of
 * ⟨π, u⟩ − τ·KL(π‖ρ) − KL(π‖centre)/γ. The same map as `explicitStep` with η = γ/(1 + γτ).
 */
export function proximalStep(problem: Problem, step: Step): Tensor[] {
  const { ops } = problem;
  const temperature = temperatureIn(problem, step);
  if (isPerRole(temperature)) return eachRole(problem, step, temperature, proximalStep);
  const product = times(ops, step.stepSize, temperature);
  const scale = over(ops, 1, plusOne(ops, product));
  return blend(problem, step, scale, times(ops, product, scale), times(ops, step.stepSize, scale));
}

/** Step of the unregularised game: log π⁺ = centre + η·u − const, per role `[B, A]`. */
export function freeStep(problem: Problem, step: Step): Tensor[] {
  return blend(problem, step, 1, 0, step.stepSize);
}

/** A softmax policy gradient step: where from, along which advantages, and which actions are sampled. */
export interface GradientStep {
  readonly centre: Profile;
  /** Log-probabilities w of the sampling law, which is the preconditioner of the step. */
  readonly law: Profile;
  /** Advantage a per role, `[B, A]`; constants do not matter. */
  readonly advantages: readonly Tensor[];
  readonly stepSize: Scalar;
}

/**
 * log π⁺ = centre + η·w∘(a − ⟨w, a⟩) − const, per role `[B, A]`: a gradient step on logits when actions are drawn from w.
 * With w uniform it is a mirror step of size η/A; with w = π it is the softmax policy gradient, slow near the boundary.
 */
export function gradientStep(problem: Problem, { centre, law, advantages, stepSize }: GradientStep): Tensor[] {
  const { ops } = problem;
  return centre.map((log, role) => {
    const weights = ops.exp(law[role]);
    const weighted = ops.mul(weights, advantages[role]);
    const push = ops.sub(weighted, ops.mul(weights, ops.sum(weighted)));
    return ops.combineLogSoftmax([1, stepSize], [log, push]);
  });
}

/** u − τ·log(π/ρ) per role, `[B, A]`: the advantages of the regularised game, up to a constant. */
export function regularisedAdvantages(problem: Problem, policy: Profile, payoffs: readonly Tensor[]): Tensor[] {
  const { ops, temperature, temperatures, reference } = problem;
  const away = times(ops, temperature, -1);
  return policy.map((log, role) => {
    const own = temperatures?.[role];
    const weights = own === undefined ? [1, away, temperature] : [1, times(ops, own, -1), own];
    return ops.combine(weights, [payoffs[role], log, reference[role]]);
  });
}

/** The best response ρ·exp(u/τ) of the regularised game, normalised, per role; log-probabilities `[B, A]`. */
export function logitResponse(problem: Problem, payoffs: readonly Tensor[]): Tensor[] {
  const { ops, reference: centre, temperature, temperatures } = problem;
  if (temperatures === undefined) return freeStep(problem, { centre, payoffs, stepSize: over(ops, 1, temperature) });
  return temperatures.map((own, role) => ops.combineLogSoftmax([1, over(ops, 1, own)], [centre[role], payoffs[role]]));
}

/** Geometric mixture a^{1−w}·b^{w}, normalised, per role; log-probabilities `[B, A]`. */
export function geometricMixture(problem: Problem, a: Profile, b: Profile, weight: PerRole<Scalar>): Tensor[] {
  const { ops } = problem;
  if (isPerRole(weight)) return weight.flatMap((own, role) => geometricMixture(problem, [a[role]], [b[role]], own));
  const rest = complement(ops, weight);
  return a.map((term, role) => ops.combineLogSoftmax([rest, weight], [term, b[role]]));
}

/** Payoff vectors when every seat plays `opponent` (log-probabilities): one oracle call per role. */
export function payoffsAgainst(problem: Problem, opponent: Profile): Tensor[] {
  return problem.payoffsAt(opponent);
}

/** Factor times τ: for a step η the weight ητ of the reference in a mixture; per role where temperatures differ. */
export function timesTemperature({ ops, temperature, temperatures }: Problem, factor: Scalar): PerRole<Scalar> {
  return temperatures?.map((own) => times(ops, factor, own)) ?? times(ops, factor, temperature);
}
