import type { Matrix } from '../solve/game.ts';

/**
 * log Z†(y) = log Σ_y' ρ(y')·exp(P(y' ≻ y)/τ) of every action y: the log-normaliser of an improver of y, τ times which is
 * what the best improvement is worth. The largest term is taken out first, so τ may be as small as 1e-300.
 * @param reference log ρ, `[A]`.
 */
export function improvementNormalisers({ values, rows: n }: Matrix, reference: Float64Array, temperature: number) {
  return Float64Array.from({ length: n }, (_, y) => {
    const terms = reference.map((log, other) => log + values[other * n + y] / temperature);
    const top = terms.reduce((high, term) => Math.max(high, term));
    return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
  });
}
