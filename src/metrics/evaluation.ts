import { hostValues } from '../numerics/cpu/backend.ts';
import { bestResponseGains, reachable, responseDivergences } from '../numerics/cpu/measures.ts';
import type { Tensor } from '../numerics/tensor.ts';
import { type Game, seatsPerRole } from '../solve/game.ts';
import {
  type HostProfile,
  type Instance,
  type Problem,
  type Profile,
  roleTemperatureOf,
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
  /** KL(π‖BR_τ(π)) in nats per role, BR_τ(π) = ρ·exp(u(π)/τ) normalised, τ the role's own, `[B]`; for τ > 0. */
  readonly responseDivergences: () => readonly Float64Array[];
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
  const logs: Float64Array[] = [];
  const probabilities: Float64Array[] = [];
  const payoffs: Float64Array[] = [];
  const gains = game.actions.map(() => reachable(runs));
  const policies: Tensor[] = [];
  let profile: Profile = [];
  let vectors: Tensor[] = [];
  const factors = temperatureFactors(instance);
  const divergences = game.actions.map(() => reachable(runs));
  const divergenceValues = divergences.map(({ data }) => data);
  const room = reachable(2 * Math.max(...game.actions));
  /** 1/τ of every role, for all runs or one each. */
  const weights = game.actions.map((_, role) => {
    const own = reachable(typeof instance.temperature === 'number' ? 1 : runs);
    own.data.forEach((_, run) => {
      own.data[run] = 1 / roleTemperatureOf(instance, run, role);
    });
    return own;
  });
  const responseGains = (): readonly Float64Array[] => {
    for (let role = 0; role < roles; role++)
      responseDivergences(
        profile[role],
        policies[role],
        vectors[role],
        problem.reference[role],
        weights[role],
        room,
        divergences[role],
      );
    return divergenceValues;
  };
  const evaluation: Omit<Evaluation, 'deviations'> & { deviations: Deviations | undefined } = {
    game,
    runs,
    seats: seatsPerRole(game),
    temperature: (run: number) => temperatureOf(instance, run),
    ...(factors === undefined ? {} : { temperatureFactors: factors }),
    log: logs,
    probabilities,
    payoffs,
    gains: gains.map(({ data }) => data),
    responseDivergences: responseGains,
    reference: instance.reference,
    deviations: undefined,
    ...(equilibrium === undefined ? {} : { equilibrium }),
    ...(regulariser === undefined ? {} : { regulariser }),
  };
  const result = { evaluation, payoffs: vectors };
  return (log, deviations) => {
    profile = log;
    evaluation.deviations = deviations;
    for (let role = 0; role < roles; role++) policies[role] = ops.exp(log[role]);
    vectors = problem.payoffVectors(policies);
    for (let role = 0; role < roles; role++) {
      logs[role] = rows(log[role], runs);
      probabilities[role] = rows(policies[role], runs);
      payoffs[role] = rows(vectors[role], runs);
      bestResponseGains(policies[role], vectors[role], gains[role]);
    }
    result.payoffs = vectors;
    return result;
  };
}
