import { repeat } from '../../src/core/repeat.ts';
import type { Ops } from '../../src/numerics/ops.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';

/** An estimate of the log-ratio δ and of the multiplier c of its normalisation. */
interface Fit {
  readonly ratio: Tensor;
  /** `[B, 1]`. */
  readonly multiplier: Tensor;
}

/** Newton steps: up to targets that span 30 the last ones change nothing in float64; at 10, those after the twelfth. */
const newtonSteps = 16;

/**
 * The δ = log(π⁺/π) of a policy π⁺ closest to a target g: minimises E_π[(δ − g)²] subject to E_π[e^δ] = 1. Where E_π[g] ≥ 0
 * it solves δ + c·e^δ = g for the one c ≥ 0 that normalises it, by joint Newton steps in (log of) e^δ and c; there
 * x ↦ log x + c·x is concave, which keeps every step finite.
 * @param log log π and the target, `[B, A]`; @returns `[B, A]`.
 */
export function normalisedFit(ops: Ops, log: Tensor, target: Tensor): Tensor {
  const policy = ops.exp(log);
  const refine = ({ ratio, multiplier }: Fit): Fit => {
    const x = ops.exp(ratio);
    const slope = ops.div(x, ops.add(ops.mul(x, multiplier), 1));
    const residual = ops.combine([1, multiplier, -1], [ratio, x, target]);
    // How far the mass will be from 1 once δ has moved, and how fast a larger c takes mass away.
    const mass = ops.sum(ops.mul(ops.sub(x, ops.mul(slope, residual)), policy));
    const loss = ops.sum(ops.mul(ops.mul(x, slope), policy));
    const next = ops.positivePart(ops.add(multiplier, ops.div(ops.sub(mass, 1), loss)));
    const step = ops.div(ops.add(ops.sub(target, ratio), 1), ops.add(ops.mul(x, next), 1));
    return { ratio: ops.add(ratio, ops.log(step)), multiplier: next };
  };
  const start: Fit = { ratio: target, multiplier: ops.positivePart(ops.logSumExp(ops.add(target, log))) };
  return repeat(newtonSteps, start, refine).ratio;
}
