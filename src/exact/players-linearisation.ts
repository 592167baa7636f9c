import { cpuBackend, hostValues } from '../numerics/cpu/backend.ts';
import type { Tensor } from '../numerics/tensor.ts';
import { type Game, isPairwise, seatOfRole, seatsPerRole } from '../solve/game.ts';
import type { Jacobian, Linearisation } from './linearisation.ts';

/** An A × A identity: every pure policy as a run of a batch. */
function purePolicies(count: number): Float64Array {
  return Float64Array.from({ length: count * count }, (_, k) => (k % (count + 1) === 0 ? 1 : 0));
}

/** A policy in each of `runs` rows. */
function repeated(policy: Float64Array, runs: number): Float64Array {
  const rows = new Float64Array(runs * policy.length);
  for (let run = 0; run < runs; run++) rows.set(policy, run * policy.length);
  return rows;
}

/**
 * A game of any number of players, through its payoff oracle. Payoffs are linear in the policy of every other seat, so that
 *
 *   ∂u_r/∂π_s(b) = m·u_r(π with one other seat of role s at the pure action b)
 *
 * for the m other seats of role s, which are alike since they share a policy. One evaluation for each role s, with the pure
 * actions on the run axis. Where payoffs come in pairs, the derivatives are those anywhere, up to a number per row.
 */
export function playersLinearisation(game: Game): Linearisation {
  const { actions, roleOf } = game;
  const backend = cpuBackend();
  const { ops } = backend;
  const placed = game.place(ops);
  const first = seatOfRole(game);
  const seats = seatsPerRole(game);

  /** Payoffs at the first seat of every role but those in `except`, `[B, A_role]`. */
  const evaluated = (seated: readonly Tensor[], except?: number): (Float64Array | undefined)[] => {
    const everyone = placed.everyone?.(seated);
    return first.map((seat) => {
      if (seat === except) return undefined;
      return hostValues(everyone?.[seat] ?? placed.payoffs(seat, seated)).slice();
    });
  };

  const derivatives = (log: readonly Float64Array[]): Jacobian => {
    const policies = log.map((row) => row.map(Math.exp));
    const against = actions.map((count, role) =>
      backend.scope(() => {
        const rows = policies.map((policy) => ops.tensor(repeated(policy, count), [count, policy.length]));
        const pure = roleOf.lastIndexOf(role);
        const seated = roleOf.map((other, seat) =>
          seat === pure ? ops.tensor(purePolicies(count), [count, count]) : rows[other],
        );
        return evaluated(seated, pure);
      }),
    );
    return actions.map((own, role) =>
      actions.map((count, other) => {
        const payoffs = against[other][role];
        if (payoffs === undefined) return undefined;
        const alike = role === other ? seats[other] - 1 : seats[other];
        return Float64Array.from({ length: own * count }, (_, k) => {
          const action = Math.floor(k / count);
          return alike * payoffs[(k % count) * own + action];
        });
      }),
    );
  };

  let anywhere: Jacobian | undefined;
  return {
    payoffs: (log) =>
      backend.scope(() => {
        const policies = log.map((row) => ops.tensor(row.map(Math.exp), [1, row.length]));
        return evaluated(roleOf.map((role) => policies[role])) as Float64Array[];
      }),
    jacobian(log) {
      if (!isPairwise(game)) return derivatives(log);
      anywhere ??= derivatives(log);
      return anywhere;
    },
    release() {
      backend.release(placed.tensors);
      void backend.dispose();
    },
  };
}
