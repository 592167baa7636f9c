import type { Ops } from '../../src/numerics/ops.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';

export const divergences = ['reverse-kl', 'forward-kl', 'jensen-shannon', 'total-variation'] as const;
export type FDivergence = (typeof divergences)[number];

/** So steep that the logistic function is a step for any two numbers that differ by more than rounding. */
const steep = 1e20;

/**
 * −f'(t) up to a constant, from ℓ = log t, `[B, A]`: the advantages that lead down the divergence Σ p·f(π/p), t = π/p.
 *
 *   reverse KL       f = t·log t                            ℓ, negated
 *   forward KL       f = −log t                             1/t
 *   Jensen–Shannon   f = t·log(2t/(t+1)) + log(2/(t+1))     −log σ(ℓ)
 *   total variation  f = |t − 1|/2                          ½ below p, −½ above, 0 at p: a subgradient
 */
export const advantagesOf: Readonly<Record<FDivergence, (ops: Ops, ratio: Tensor) => Tensor>> = {
  'reverse-kl': (ops, ratio) => ops.mul(ratio, -1),
  'forward-kl': (ops, ratio) => ops.exp(ops.mul(ratio, -1)),
  'jensen-shannon': (ops, ratio) => {
    const below = ops.positivePart(ops.mul(ratio, -1));
    // −log σ(ℓ) = max(−ℓ, 0) − log σ(|ℓ|), which neither overflows nor loses digits.
    const distance = ops.add(below, ops.positivePart(ratio));
    return ops.sub(below, ops.log(ops.sigmoid(distance)));
  },
  'total-variation': (ops, ratio) => ops.add(ops.mul(ops.sigmoid(ops.mul(ratio, steep)), -1), 0.5),
};
