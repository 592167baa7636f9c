/** Σ_a π(a)·(u(response) − u(a)): what one action earns beyond the policy, in payoff units; never a difference of two values. */
export function responseGain(policy: ArrayLike<number>, payoffs: ArrayLike<number>, response: number): number {
  let gain = 0;
  for (let a = 0; a < policy.length; a++) gain += policy[a] * (payoffs[response] - payoffs[a]);
  return gain;
}

/** The first of the actions that earn most. */
export function bestResponse(payoffs: ArrayLike<number>): number {
  let best = 0;
  // NaN among them is passed over here and turns up in the gain.
  for (let a = 1; a < payoffs.length; a++) if (payoffs[a] > payoffs[best]) best = a;
  return best;
}

/** Σ_a π(a)·(max u − u(a)), which cannot go below 0. */
export function bestResponseGain(policy: ArrayLike<number>, payoffs: ArrayLike<number>): number {
  return responseGain(policy, payoffs, bestResponse(payoffs));
}
