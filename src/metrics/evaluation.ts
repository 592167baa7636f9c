import { hostValues } from '../numerics/cpu/backend.ts';
import type { Tensor } from '../numerics/tensor.ts';
import { type Game, seatsPerRole } from '../solve/game.ts';
import {
  type HostProfile,
  type Instance,
  type Problem,
  type Profile,
  temperatureFactors,
  temperatureOf,
} from '../solve/problem.ts';
import type { Regulariser } from '../solve/regulariser.ts';
import type { Deviations } from './deviations.ts';

/** A profile under measurement: everything metrics share, computed once, in float64 on the host. */
export interface Evaluation {
  readonly game: Game;
  readonly runs: number;
  /** Seats per role. */
  readonly seats: readonly number[];
  readonly temperature: (run: number) => number;
  /** Temperature of each role as a factor of that one, where one differs. */
  readonly temperatureFactors?: readonly number[];
  /** Per role, row-major `[B, A_role]`. */
  readonly log: HostProfile;
  readonly probabilities: HostProfile;
  readonly payoffs: HostProfile;
  /** Best-response gain of a seat of each role, in payoff units, `[B]`. */
  readonly gains: readonly Float64Array[];
  /** log BR_τ(π) = log ρ + u(π)/τ − const per role, τ the role's own, `[B, A_role]`; for τ > 0. */
  readonly responses: () => HostProfile;
  /** log ρ per role, `[B|1, A_role]`. */
  readonly reference: HostProfile;
  /** log π* of the regularised game per role, `[B|1, A_role]`, where it is known. */
  readonly equilibrium?: HostProfile;
  /** R of the regularised game, where it is not reverse KL. */
  readonly regulariser?: Regulariser;
  /** Of the joint distribution that stands behind the profile, where that is not the product of its policies. */
  readonly deviations: Deviations | undefined;
}

/** Offset of run r's row in an array that may hold one row for all runs. */
export function rowOffset(values: Float64Array, actions: number, run: number): number {
  return values.length === actions ? 0 : run * actions;
}

/** A tensor's rows, one per run also where one serves all. */
function rows(tensor: Tensor, runs: number): Float64Array {
  const values = hostValues(tensor);
  if (tensor.shape[0] === runs) return values;
  const spread = new Float64Array(runs * values.length);
  for (let run = 0; run < runs; run++) spread.set(values, run * values.length);
  return spread;
}

/**
 * Prepares the evaluation of profiles of one instance. What `evaluate` returns stands until the scope it was called in
 * ends, or the next call: one object, filled anew; with the payoff vectors as tensors.
 * @param problem the instance on a CPU backend. `evaluate` takes what is known of a joint distribution behind the profile.
 */
export function evaluator(
  instance: Instance,
  problem: Problem,
  equilibrium?: HostProfile,
  regulariser?: Regulariser,
): (log: Profile, deviations?: Deviations) => { readonly evaluation: Evaluation; readonly payoffs: Tensor[] } {
  const { game, runs } = instance;
  const { ops } = problem;
  const roles = game.actions.length;
  const log: Float64Array[] = [];
  const probabilities: Float64Array[] = [];
  const payoffs: Float64Array[] = [];
  const gains = game.actions.map(() => new Float64Array(runs));
  let vectors: Tensor[] = [];
  const factors = temperatureFactors(instance);
  const shared = typeof instance.temperature === 'number' ? 1 / instance.temperature : undefined;
  const responses = (): HostProfile => {
    const inverse = shared ?? ops.div(ops.fill([runs, 1], 1), problem.temperature);
    const found: Float64Array[] = [];
    for (let role = 0; role < roles; role++) {
      const payoffs = factors === undefined ? vectors[role] : ops.div(vectors[role], factors[role]);
      found.push(rows(ops.combineLogSoftmax([1, inverse], [problem.reference[role], payoffs]), runs));
    }
    return found;
  };
  const evaluation: Omit<Evaluation, 'deviations'> & { deviations: Deviations | undefined } = {
    game,
    runs,
    seats: seatsPerRole(game),
    temperature: (run: number) => temperatureOf(instance, run),
    ...(factors === undefined ? {} : { temperatureFactors: factors }),
    log,
    probabilities,
    payoffs,
    gains,
    responses,
    reference: instance.reference,
    deviations: undefined,
    ...(equilibrium === undefined ? {} : { equilibrium }),
    ...(regulariser === undefined ? {} : { regulariser }),
  };
  const result = { evaluation, payoffs: vectors };
  const policies: Tensor[] = [];
  return (profile, deviations) => {
    evaluation.deviations = deviations;
    for (let role = 0; role < roles; role++) policies[role] = ops.exp(profile[role]);
    vectors = problem.payoffVectors(policies);
    for (let role = 0; role < roles; role++) {
      log[role] = rows(profile[role], runs);
      probabilities[role] = rows(policies[role], runs);
      payoffs[role] = rows(vectors[role], runs);
      for (let run = 0; run < runs; run++) gains[role][run] = bestResponseGain(evaluation, role, run);
    }
    result.payoffs = vectors;
    return result;
  };
}

/** Σ_a π(a)·(max u − u(a)), which cannot go below 0. */
function bestResponseGain(evaluation: Evaluation, role: number, run: number): number {
  const payoffs = evaluation.payoffs[role];
  const policy = evaluation.probabilities[role];
  const actions = evaluation.game.actions[role];
  const offset = run * actions;
  let best = payoffs[offset];
  // NaN among them is passed over here and turns up in the sum.
  for (let a = 1; a < actions; a++) if (payoffs[offset + a] > best) best = payoffs[offset + a];
  let gain = 0;
  for (let a = 0; a < actions; a++) gain += policy[offset + a] * (best - payoffs[offset + a]);
  return gain;
}
