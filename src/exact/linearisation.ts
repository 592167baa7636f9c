/**
 * ∂u_r/∂π_s by role r and role s, `[A_r, A_s]` row-major each; undefined where the payoffs of r do not depend on the policy of s.
 * Up to a number per row, which no direction feels that keeps Σ π_s = 1.
 */
export type Jacobian = readonly (readonly (Float64Array | undefined)[])[];

/** Payoffs of one draw of a game and their derivatives, at profiles of one policy per role. */
export interface Linearisation {
  /** Payoff vector of every role, `[A_role]`. @param log log-probabilities per role. */
  payoffs(log: readonly Float64Array[]): Float64Array[];
  jacobian(log: readonly Float64Array[]): Jacobian;
  /** Gives back what it holds. */
  release(): void;
}

/** The payoffs of each role divided by a number above 0. */
export function dividedBy(divisors: readonly number[], { payoffs, jacobian, release }: Linearisation): Linearisation {
  return {
    payoffs: (log) => payoffs(log).map((row, role) => row.map((value) => value / divisors[role])),
    jacobian: (log) =>
      jacobian(log).map((blocks, role) => blocks.map((block) => block?.map((value) => value / divisors[role]))),
    release,
  };
}
