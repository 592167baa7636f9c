/**
 * The probability of being chosen first, E[w_y/(w_y + S)] with S the strengths of the others together, as a sum of few
 * products. With t = e^s,
 *
 *   I_y = ∫₀^∞ w_y·e^(−w_y t)·Π_j φ_j(t) dt = ∫ f_y(s) ds,   φ_j(t) = Σ_k π_j(k)·e^(−w_k t),   f_y(s) = w_y e^s·e^(−w_y e^s)·Π_j φ_j(e^s),
 *
 * and the trapezoid rule with step h takes h·f_y at s = m·h for whole m from `first` to `last`.
 *
 * Error, relative to I_y, for any number n of players, any policies and any scores (n − 1 factors; strengths scaled to w ≤ 1;
 * δ = 2^−54):
 *
 * Step. For |θ| < π/2, |f_y(x + iθ)| ≤ f_y(x + log cos θ)/cos θ, since |e^(−w t e^(iθ))| = e^(−w t cos θ); so f_y is analytic in
 * that strip, tends to 0 at its ends, and ∫|f_y(x + iθ)|dx ≤ I_y/cos θ. The rule on all of the line errs by at most
 * 2·I_y/(cos a·(e^(2πa/h) − 1)) for every a < π/2 (Trefethen and Weideman 2014, theorem 5.1); with h = 59/256 and
 * a = π/2 − h/(2π) that is below 0.68·δ·I_y.
 *
 * Left end. f_y(s) ≤ w_y e^s, and I_y ≥ w_y/n as w_y + S ≤ n. What is left out below s = L is at most
 * Σ h·w_y·e^(L − mh) ≤ w_y·e^L, so e^L ≤ δ/n leaves out δ·I_y.
 *
 * Right end. With the least strength v = e^−spread, f_y(s) ≤ w_y e^s·e^(−n v e^s), which falls from n v e^s = 1 on. What is left
 * out above s = R is at most ∫ of that = w_y·e^(−n v e^R)/(n v), so n v e^R ≥ spread − log δ leaves out δ·I_y.
 *
 * Together 3·2^−54 = 1.7e-16. Rounding adds about (n − 1)·ε for the product and a few ε for each matrix product, relative to
 * I_y; as the I_y of all players add up to 1, that is a few ε in all where they are alike. h is a short binary fraction, so
 * that the nodes are exact.
 */
export interface ChoiceNodes {
  readonly first: number;
  readonly last: number;
}

/** Step of the rule in log t. */
export const choiceStep = 59 / 256;

/** −log δ. */
const digits = 54 * Math.LN2;

/**
 * First and last node: (41 + log(1 + spread/37) + spread)/h + 2 of them at most, however many players.
 * @param spread largest minus smallest score. @param players n ≥ 2.
 */
export function choiceNodes(spread: number, players: number): ChoiceNodes {
  return {
    first: Math.floor((-digits - Math.log(players)) / choiceStep),
    last: Math.ceil((Math.log((spread + digits) / players) + spread) / choiceStep),
  };
}

/** `survival[m][k]` = e^(−w_k t_m), `[nodes, K]`; `density[k][m]` = h·w_k t_m·e^(−w_k t_m), `[K, nodes]`; row-major. */
export interface ChoiceMatrices {
  readonly survival: Float64Array;
  readonly density: Float64Array;
}

/** @param scores logarithms of the strengths, the largest 0. */
export function choiceMatrices(scores: Float64Array, { first, last }: ChoiceNodes): ChoiceMatrices {
  const actions = scores.length;
  const nodes = last - first + 1;
  const survival = new Float64Array(nodes * actions);
  const density = new Float64Array(actions * nodes);
  for (let m = 0; m < nodes; m++)
    for (let k = 0; k < actions; k++) {
      const rate = Math.exp(scores[k] + (first + m) * choiceStep);
      const left = Math.exp(-rate);
      survival[m * actions + k] = left;
      // Where e^−rate is 0 the rate may be infinite.
      density[k * nodes + m] = left === 0 ? 0 : choiceStep * rate * left;
    }
  return { survival, density };
}
