import type { Tensor } from '../../src/numerics/tensor.ts';
import type { Problem } from '../../src/solve/problem.ts';

/**
 * How often a policy's own model lets each action win against a law μ: s_y = Σ_y' μ_y'·σ(d_y − d_y') with
 * d = τ·log(π/ρ), `[B, A]`; O(A²) a run.
 * @param log log π, `[B, A]`. @param law log μ, `[B|1, A]`.
 */
export function modelledWins({ ops, reference, temperature, actions }: Problem, log: Tensor, law: Tensor): Tensor {
  const [count] = actions;
  const scores = ops.mul(ops.sub(log, reference[0]), temperature);
  // One row per run, also where all share the law.
  const shares = ops.add(ops.mul(scores, 0), ops.exp(law));
  const parts = Array.from({ length: count }, (_, b) => {
    const only = ops.tensor(
      Array.from({ length: count }, (__, a) => (a === b ? 1 : 0)),
      [1, count],
    );
    const wins = ops.sigmoid(ops.sub(scores, ops.sum(ops.mul(scores, only))));
    return ops.mul(wins, ops.sum(ops.mul(shares, only)));
  });
  return ops.combine(
    parts.map(() => 1),
    parts,
  );
}
