import { cpuBackend, hostValues } from '../../../src/numerics/cpu/backend.ts';
import type { Tensor } from '../../../src/numerics/tensor.ts';
import type { Game } from '../../../src/solve/game.ts';

/** Payoff to a seat when every seat plays this action. */
export type PurePayoff = (seat: number, joint: readonly number[]) => number;

/** Every joint action with its probability under the policies; `fixed` plays `action`. */
function eachJoint(
  policies: readonly (readonly number[])[],
  fixed: number,
  action: number,
  visit: (joint: readonly number[], probability: number) => void,
): void {
  const joint = new Array<number>(policies.length).fill(0);
  const next = (seat: number, probability: number): void => {
    if (seat === policies.length) {
      visit(joint, probability);
      return;
    }
    const choices = seat === fixed ? [action] : policies[seat].map((_, a) => a);
    for (const choice of choices) {
      joint[seat] = choice;
      next(seat + 1, probability * (seat === fixed ? 1 : policies[seat][choice]));
    }
  };
  next(0, 1);
}

/** Expected payoff of every action at a seat: a sum over all Kⁿ⁻¹ joint actions of the others. */
export function bruteForce(pure: PurePayoff, seat: number, policies: readonly (readonly number[])[]): number[] {
  return policies[seat].map((_, action) => {
    let total = 0;
    eachJoint(policies, seat, action, (joint, probability) => {
      total += probability * pure(seat, joint);
    });
    return total;
  });
}

/** All pure payoffs of a seat. */
export function purePayoffs(pure: PurePayoff, seat: number, actions: readonly number[]): number[] {
  const found: number[] = [];
  const uniform = actions.map((count) => new Array<number>(count).fill(1));
  for (let action = 0; action < actions[seat]; action++)
    eachJoint(uniform, seat, action, (joint) => {
      found.push(pure(seat, joint));
    });
  return found;
}

/** The same by the game, one seat after the other, and all at once where it offers that; one array is one policy tensor. */
export function payoffsOfSeats(game: Game, policies: readonly (readonly number[])[]): number[][][] {
  const { ops } = cpuBackend();
  const { payoffs, everyone } = game.place(ops);
  const placed = new Map(policies.map((policy) => [policy, ops.tensor(policy, [1, policy.length])]));
  const tensors = policies.map((policy) => placed.get(policy) as Tensor);
  const seats = policies.map((_, seat) => Array.from(hostValues(payoffs(seat, tensors))));
  const together = everyone?.(tensors).map((tensor) => Array.from(hostValues(tensor)));
  return together === undefined ? [seats] : [seats, together];
}

/** A policy from uniform numbers, some of them 0. */
export function policyOf(uniform: () => number, actions: number): number[] {
  const weights = Array.from({ length: actions }, () => (uniform() < 0.2 ? 0 : -Math.log(1 - uniform())));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? weights.map((weight) => weight / total) : weights.map(() => 1 / actions);
}

/** A policy per seat; some seats play the first one's. */
export function seatedPolicies(uniform: () => number, actions: readonly number[]): number[][] {
  const first = policyOf(uniform, actions[0]);
  return actions.map((count, seat) =>
    seat === 0 || (count === actions[0] && uniform() < 0.4) ? first : policyOf(uniform, count),
  );
}
