import { cpuBackend, hostValues } from '../../src/numerics/cpu/backend.ts';
import { type Game, seatOfRole } from '../../src/solve/game.ts';

/** Probabilities per role. */
export type Policies = readonly (readonly number[])[];

/** Payoff of every action, per role. */
export type PayoffVectors = readonly Float64Array[];

/** Payoffs of the actions in the first seat of each role, when all other seats play given policies. */
export function payoffsAgainst(game: Game): (opponent: Policies) => PayoffVectors {
  const { ops } = cpuBackend({ reproducible: true });
  const { payoffs } = game.place(ops);
  const seats = seatOfRole(game);
  return (opponent) => {
    const perRole = opponent.map((policy) => ops.tensor(Float64Array.from(policy), [1, policy.length]));
    const seated = game.roleOf.map((role) => perRole[role]);
    return seats.map((seat) => hostValues(payoffs(seat, seated)).slice());
  };
}

/** Payoffs when one of the opponents is drawn, with its weight, and takes all other seats. */
export function mixedPayoffs(vectors: readonly PayoffVectors[], weights: readonly number[]): PayoffVectors {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return vectors[0].map((own, role) =>
    own.map((_, a) => vectors.reduce((sum, payoffs, k) => sum + (weights[k] / total) * payoffs[role][a], 0)),
  );
}
