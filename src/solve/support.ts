/** A policy by the actions it plays; the others have probability 0. */
export interface Support {
  readonly actions: readonly number[];
  /** Their probabilities. */
  readonly weights: readonly number[];
}

/** The policy that plays one action. */
export function pure(action: number): Support {
  return { actions: [action], weights: [1] };
}

/** The actions of a policy that it plays with a probability above 0. */
export function supportOf(policy: ArrayLike<number>): Support {
  const actions: number[] = [];
  for (let action = 0; action < policy.length; action++) if (policy[action] !== 0) actions.push(action);
  return { actions, weights: actions.map((action) => policy[action]) };
}

/** Σ_a π(a)·values(a). */
export function expectation({ actions, weights }: Support, values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < actions.length; k++) sum += weights[k] * values[actions[k]];
  return sum;
}

/** Adds a multiple of the policy to probabilities, `[A]`. */
export function addPolicy(into: Float64Array, { actions, weights }: Support, share: number): void {
  for (let k = 0; k < actions.length; k++) into[actions[k]] += share * weights[k];
}
