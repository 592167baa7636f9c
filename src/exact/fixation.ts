/**
 * log of the probability that one mutant takes over a population of m whose others are fitter by −gain:
 * (1 − e^(−u))/(1 − e^(−m·u)) with u = α·gain, 1/m at u = 0. For u → ∞ it is 0, for u → −∞ it is (m − 1)·u.
 * @param u ranking intensity times the mutant's gain, in units of 1.
 */
export function logFixation(u: number, population: number): number {
  if (u === 0) return -Math.log(population);
  const size = Math.abs(u);
  const share = Math.log(-Math.expm1(-size)) - Math.log(-Math.expm1(-population * size));
  return u > 0 ? share : share - (population - 1) * size;
}

/**
 * The same where a mutant's gain depends on how many mutants there are: 1/(1 + Σ_{l=1}^{m−1} Π_{p=1}^l e^(−α·gain(p))).
 * @param exponent α·gain of a mutant over the others with p mutants, p from 1 to m − 1.
 */
export function logFixationOf(exponent: (mutants: number) => number, population: number): number {
  const terms = new Float64Array(population);
  for (let p = 1; p < population; p++) terms[p] = terms[p - 1] - exponent(p);
  const top = terms.reduce((high, value) => Math.max(high, value));
  return -(top + Math.log(terms.reduce((sum, value) => sum + Math.exp(value - top), 0)));
}
