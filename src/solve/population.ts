import type { Ops } from '../numerics/ops.ts';
import type { Scalar, Tensor } from '../numerics/tensor.ts';
import type { Probs } from './game.ts';
import type { Instance, Problem, Profile } from './problem.ts';

/** A policy that opponents may play. */
export interface Member {
  readonly name: string;
  /** Share of the population, shared by all runs or `[B, 1]`; the shares of a role's members add up to 1. */
  readonly weight: Scalar;
  /** Log-probabilities `[B|1, A_role]`. */
  readonly policy: Tensor;
}

/** How members become one opponent: their policies are averaged, or their logits. */
export const means = ['arithmetic', 'geometric'] as const;
export type Mean = (typeof means)[number];

/** A rule that turns the past and the others into opponents. Its memory is plain data of tensors, which the loop owns. */
export interface PopulationRule<Memory> {
  readonly mean: Mean;
  /** @param start the solver's first profile. */
  init(problem: Problem, start: Profile): Memory;
  /**
   * Who is in the population of a role, newest first.
   * @param present the profile that the solver asks about: π_t, or where a half step led; log-probabilities per role.
   */
  members(problem: Problem, memory: Memory, present: Profile, role: number): readonly Member[];
  /** Payoff vector per role, `[B, A_role]`, where that is not the one against the mixtures of the members. */
  payoffs?(problem: Problem, memory: Memory, present: Profile): readonly Tensor[];
  /** @param played the profile after step `step` (from 0). */
  next(problem: Problem, memory: Memory, played: Profile, step: number): Memory;
}

/** A rule with its parameters: what a solver is given. */
export interface Population {
  readonly name: string;
  /** All parameters as plain JSON, defaults filled in: what a cell of an experiment holds. */
  readonly params: Readonly<Record<string, unknown>>;
  /** `recent:k=5`: how it is called beside a figure. */
  readonly text: string;
  /** Every seat plays its player's present policy: what solvers do without a population, and theorems speak about. */
  readonly selfPlay: boolean;
  /** Payoff evaluations per role and step beyond the solver's own; a mean. */
  readonly callsPerStep: number;
  /** The rule for one instance. Throws `not-applicable` or `bad-policy` where it cannot be. */
  // biome-ignore lint/suspicious/noExplicitAny: the memory is the rule's own affair
  rule(instance: Instance): PopulationRule<any> | Promise<PopulationRule<any>>;
}

/** Arithmetic mixture Σ w_m π_m of policies: probabilities `[B, A]`. */
function arithmeticMixture(ops: Ops, members: readonly Member[]): Probs {
  if (members.length === 1) return ops.exp(members[0].policy);
  return ops.combine(
    members.map(({ weight }) => weight),
    members.map(({ policy }) => ops.exp(policy)),
  );
}

/** Geometric mixture ∏ π_m^{w_m}, normalised: the mixture of logits, as log-probabilities `[B, A]`. */
export function geometricCentre(ops: Ops, members: readonly Member[]): Tensor {
  if (members.length === 1) return members[0].policy;
  return ops.combineLogSoftmax(
    members.map(({ weight }) => weight),
    members.map(({ policy }) => policy),
  );
}

/** The opponent that members make: probabilities `[B, A]`. */
export function opponentOf(ops: Ops, members: readonly Member[], mean: Mean): Probs {
  return mean === 'arithmetic' ? arithmeticMixture(ops, members) : ops.exp(geometricCentre(ops, members));
}

/** The same as log-probabilities. */
export function logOpponentOf(ops: Ops, members: readonly Member[], mean: Mean): Tensor {
  if (members.length === 1) return members[0].policy;
  return mean === 'geometric' ? geometricCentre(ops, members) : ops.log(arithmeticMixture(ops, members));
}
