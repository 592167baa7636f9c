import { cpuBackend } from '../numerics/cpu/backend.ts';
import { type Instance, placeProblem } from '../solve/problem.ts';

/**
 * Payoffs of role 0 when every seat plays one policy, `[A]`, in float64; for games with a matrix and without.
 * @param policy its log-probabilities, `[A]`.
 */
export async function payoffsAgainst(instance: Instance, policy: Float64Array): Promise<Float64Array> {
  const backend = cpuBackend();
  const { ops, payoffsOf } = placeProblem(backend.ops, instance, 1);
  try {
    const [payoffs] = payoffsOf([ops.exp(ops.tensor(policy, [1, policy.length]))]);
    return Float64Array.from(await backend.read(payoffs));
  } finally {
    await backend.dispose();
  }
}
