/** The update rules once more, in plain arrays of probabilities, sharing nothing with the library. */

export type Policy = readonly number[];
export type Seats = readonly Policy[];
export type Payoff = (seats: Seats) => readonly Policy[];

export const normalise = (weights: Policy): number[] => {
  const total = weights.reduce((sum, w) => sum + w, 0);
  return weights.map((w) => w / total);
};

export const product = (matrix: readonly Policy[], x: Policy): number[] =>
  matrix.map((row) => row.reduce((sum, entry, j) => sum + entry * x[j], 0));

/** Payoff vectors of both seats of a zero-sum game with row payoffs `a`. */
export const zeroSumPayoff =
  (a: readonly Policy[]): Payoff =>
  ([x, y]) => [product(a, y), a[0].map((_, j) => -x.reduce((sum, p, i) => sum + p * a[i][j], 0))];

/** Payoff vector of the shared policy of a preference game. */
export const preferencePayoff =
  (p: readonly Policy[]): Payoff =>
  ([x]) => [product(p, x)];

/** π ∝ centre^c · ρ^m · exp(η u), per seat. */
export const move = (centre: Seats, c: number, rho: Seats, m: number, eta: number, u: readonly Policy[]): number[][] =>
  centre.map((policy, s) => normalise(policy.map((p, a) => p ** c * rho[s][a] ** m * Math.exp(eta * u[s][a]))));

/** π ∝ centre · exp(η · law ∘ (a − ⟨law, a⟩)), per seat. */
export const gradient = (centre: Seats, law: Seats, a: Seats, eta: number): number[][] =>
  centre.map((policy, s) => {
    const mean = law[s].reduce((sum, w, k) => sum + w * a[s][k], 0);
    return normalise(policy.map((p, k) => p * Math.exp(eta * law[s][k] * (a[s][k] - mean))));
  });
