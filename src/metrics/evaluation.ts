import { hostValues } from '../numerics/cpu/backend.ts';
import { type Game, seatsPerRole } from '../solve/game.ts';
import { type HostProfile, type Instance, type Problem, temperatureOf } from '../solve/problem.ts';

/** A profile under measurement: everything metrics share, computed once, in float64 on the host. */
export interface Evaluation {
  readonly game: Game;
  readonly runs: number;
  readonly seats: readonly number[];
  readonly temperature: (run: number) => number;
  /** Per role, row-major `[B, A_role]`. */
  readonly log: HostProfile;
  readonly probabilities: HostProfile;
  readonly payoffs: HostProfile;
  /** log ρ per role, `[B|1, A_role]`. */
  readonly reference: HostProfile;
  /** log π* of the regularised game per role, `[B|1, A_role]`, where it is known. */
  readonly equilibrium?: HostProfile;
  /** Payoffs against an arbitrary opponent given as probabilities per role, `[B|1, A_role]`. */
  readonly payoffsAgainst: (policies: HostProfile) => HostProfile;
}

/** Offset of run r's row in an array that may hold one row for all runs. */
export function rowOffset(values: Float64Array, actions: number, run: number): number {
  return values.length === actions ? 0 : run * actions;
}

/**
 * Places a profile before the metrics. `problem` must live on the CPU backend.
 * @param log log-probabilities per role, row-major `[B, A_role]`; −∞ allowed.
 */
export function evaluateProfile(
  instance: Instance,
  problem: Problem,
  log: HostProfile,
  equilibrium?: HostProfile,
): Evaluation {
  const { game, runs } = instance;
  const probabilities = log.map((values) => values.map(Math.exp));
  const { ops } = problem;
  const payoffsAgainst = (policies: HostProfile): HostProfile => {
    const seated = policies.map((values, role) =>
      ops.tensor(values, [values.length / game.actions[role], game.actions[role]]),
    );
    return problem.payoffsOf(seated).map((tensor) => Float64Array.from(hostValues(tensor)));
  };
  return {
    game,
    runs,
    seats: seatsPerRole(game),
    temperature: (run) => temperatureOf(instance, run),
    log,
    probabilities,
    payoffs: payoffsAgainst(probabilities),
    reference: instance.reference,
    ...(equilibrium === undefined ? {} : { equilibrium }),
    payoffsAgainst,
  };
}

/** Best-response gain of role `role` in run `run`: Σ_a π(a)·(max u − u(a)), which cannot go below 0. */
export function bestResponseGain(evaluation: Evaluation, role: number, run: number): number {
  const payoffs = evaluation.payoffs[role];
  const policy = evaluation.probabilities[role];
  const actions = evaluation.game.actions[role];
  const offset = run * actions;
  let best = payoffs[offset];
  for (let a = 1; a < actions; a++) best = Math.max(best, payoffs[offset + a]);
  let gain = 0;
  for (let a = 0; a < actions; a++) gain += policy[offset + a] * (best - payoffs[offset + a]);
  return gain;
}
