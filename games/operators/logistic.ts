/** σ(x), from a difference of scores to a probability. */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
