import { spanOf } from '../solve/place-matrices.ts';
import { conjugateGradient } from './conjugate-gradient.ts';
import { eliminate } from './elimination.ts';

interface Evaluation {
  /** ∂loss/∂r, `[n]`. */
  readonly gradient: Float64Array;
  /** Largest |∂loss/∂r| per unit of what pulls at the action from both sides; rounding is of the order 1e-16. */
  readonly residual: number;
  /** Minus the off-diagonal second derivatives, `[n, n]`: the weights of the Laplacian that is the Hessian. */
  readonly curvature: Float64Array;
}

/** The derivatives of Σ wins[a][b]·log(1 + exp(r_b − r_a)), pair by pair. */
function evaluate(n: number, wins: Float64Array, r: Float64Array): Evaluation {
  const [up, down, curvature] = [new Float64Array(n), new Float64Array(n), new Float64Array(n * n)];
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) {
      const won = wins[a * n + b];
      const lost = wins[b * n + a];
      if (won + lost === 0) continue;
      const lead = r[a] - r[b];
      const small = Math.exp(-Math.abs(lead));
      const [likely, unlikely] = [1 / (1 + small), small / (1 + small)];
      const rise = won * (lead >= 0 ? unlikely : likely);
      const fall = lost * (lead >= 0 ? likely : unlikely);
      up[a] += rise;
      down[a] += fall;
      up[b] += fall;
      down[b] += rise;
      curvature[a * n + b] = (won + lost) * likely * unlikely;
      curvature[b * n + a] = curvature[a * n + b];
    }
  let residual = 0;
  for (let a = 0; a < n; a++)
    if (up[a] + down[a] > 0) residual = Math.max(residual, Math.abs(down[a] - up[a]) / (down[a] + up[a]));
  return { gradient: down.map((fall, a) => fall - up[a]), residual, curvature };
}

/** Above this ratio of second derivatives conjugate gradients lose the light actions in the rounding of the heavy ones. */
const widestSpread = 1e4;

/** Elimination takes n³/3 multiplications: a second for so many actions. */
const mostEliminated = 2000;

/** The Newton direction H⁻¹·gradient, up to a constant. */
function newtonDirection(n: number, { curvature, gradient }: Evaluation): Float64Array {
  let [low, high] = [Infinity, 0];
  for (let a = 0; a < n; a++) {
    let total = 0;
    for (let b = 0; b < n; b++) total += curvature[a * n + b];
    low = Math.min(low, total);
    high = Math.max(high, total);
  }
  const uneven = high > widestSpread * low && n <= mostEliminated;
  return (uneven ? eliminate : conjugateGradient)(n, curvature, gradient);
}

/** The far corner of a fit whose odds are the smallest number of the machine is some 700 away, a step of ½ to 1 each. */
const maxSteps = 2000;

/**
 * Bradley–Terry strengths r of pooled wins, `wins[a·n + b]` ≥ 0 the weight of a's wins over b: the minimum of the log-loss
 * Σ wins[a][b]·log(1 + exp(r_b − r_a)), mean 0. The graph of wins must be strongly connected: else no finite minimum exists
 * (Ford 1957; Hunter 2004, assumption 1). Newton's method; a step whose largest |d_a − d_b| is M is shortened to
 * log(1 + M)/M of itself, which minimises the bound that |φ‴| ≤ M·φ″ puts on the loss along it, so the loss falls whatever
 * the weights (Bach 2010). `residual`: see above.
 */
export function fitStrengths(n: number, wins: Float64Array): { strengths: number[]; residual: number } {
  let strengths: Float64Array = new Float64Array(n);
  let current = evaluate(n, wins, strengths);
  for (let step = 0; step < maxSteps && current.residual > 1e-15; step++) {
    const direction = newtonDirection(n, current);
    const range = spanOf(direction);
    const length = range > 1e-8 ? Math.log1p(range) / range : 1;
    const next = strengths.map((value, a) => value - length * direction[a]);
    const reached = evaluate(n, wins, next);
    // Near the minimum every step is worth a square, unless only rounding is left.
    if (range < 1e-3 && !(reached.residual < current.residual)) break;
    strengths = next;
    current = reached;
  }
  const mean = strengths.reduce((sum, value) => sum + value, 0) / Math.max(n, 1);
  return { strengths: Array.from(strengths, (value) => value - mean), residual: current.residual };
}
