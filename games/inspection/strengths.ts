import { conjugateGradient } from './conjugate-gradient.ts';

interface Evaluation {
  readonly loss: number;
  /** ∂loss/∂r, `[n]`. */
  readonly gradient: Float64Array;
  /** Minus the off-diagonal second derivatives, `[n, n]`: the weights of the Laplacian that is the Hessian. */
  readonly curvature: Float64Array;
}

/** Loss Σ wins[a][b]·log(1 + exp(r_b − r_a)) with its derivatives, pair by pair. */
function evaluate(n: number, wins: Float64Array, r: Float64Array): Evaluation {
  const gradient = new Float64Array(n);
  const curvature = new Float64Array(n * n);
  let loss = 0;
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) {
      const won = wins[a * n + b];
      const lost = wins[b * n + a];
      const weight = won + lost;
      if (weight === 0) continue;
      const lead = r[a] - r[b];
      const small = Math.exp(-Math.abs(lead));
      const probability = lead >= 0 ? 1 / (1 + small) : small / (1 + small);
      loss += weight * Math.log1p(small) + (lead >= 0 ? lost * lead : -won * lead);
      const slope = weight * probability - won;
      gradient[a] += slope;
      gradient[b] -= slope;
      curvature[a * n + b] = (weight * small) / (1 + small) ** 2;
      curvature[b * n + a] = curvature[a * n + b];
    }
  return { loss, gradient, curvature };
}

function largest(values: Float64Array): number {
  return values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
}

/**
 * Bradley–Terry strengths r of pooled wins, `wins[a·n + b]` ≥ 0 the weight of a's wins over b: the minimum of the log-loss
 * Σ wins[a][b]·log(1 + exp(r_b − r_a)), mean 0 (every step has). The graph of wins must be strongly connected: else no finite minimum exists
 * (Ford 1957; Hunter 2004, assumption 1). Newton's method with backtracking, its steps by conjugate gradients.
 * `residual` is the largest |∂loss/∂r| at the answer, per unit of the largest total weight of an action.
 */
export function fitStrengths(n: number, wins: Float64Array): { strengths: number[]; residual: number } {
  let strengths: Float64Array = new Float64Array(n);
  let current = evaluate(n, wins, strengths);
  let heaviest = 0;
  for (let a = 0; a < n; a++) {
    let total = 0;
    for (let b = 0; b < n; b++) if (b !== a) total += wins[a * n + b] + wins[b * n + a];
    heaviest = Math.max(heaviest, total);
  }
  for (let iteration = 0; iteration < 200 && largest(current.gradient) > 1e-15 * heaviest; iteration++) {
    const direction = conjugateGradient(n, current.curvature, current.gradient);
    const decrement = direction.reduce((sum, value, a) => sum + value * current.gradient[a], 0);
    // Near the minimum the loss no longer resolves the step: take it whole.
    const resolved = decrement > 1e-9 * current.loss;
    let step = 1;
    let next = strengths.map((value, a) => value - direction[a]);
    let reached = evaluate(n, wins, next);
    while (resolved && step > 1e-9 && !(reached.loss <= current.loss - 1e-4 * step * decrement)) {
      step /= 2;
      next = strengths.map((value, a) => value - step * direction[a]);
      reached = evaluate(n, wins, next);
    }
    if (!resolved && largest(reached.gradient) >= largest(current.gradient)) break;
    strengths = next;
    current = reached;
  }
  return {
    strengths: Array.from(strengths),
    residual: heaviest === 0 ? 0 : largest(current.gradient) / heaviest,
  };
}
