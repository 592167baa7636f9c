import { type CutSimplex, cutProduct, cutScores, cutSimplex } from './cut-simplex.ts';
import { symmetricSolve } from './symmetric-solve.ts';
import { widestFace } from './widest-face.ts';

/** The distribution of largest entropy under G·p ≥ 0, with its proof. */
export interface LargestEntropy {
  /** `[size]`. */
  readonly probabilities: Float64Array;
  /** −Σ p·log p, in nats. */
  readonly entropy: number;
  /** Proven: no p with G·p ≥ 0 has a larger entropy than this, log Σ_s exp((Gᵀy)_s) for the multipliers y. */
  readonly entropyBound: number;
  /** y ≥ 0, `[rows]`. */
  readonly multipliers: Float64Array;
}

export function entropyOf(p: Float64Array): number {
  return p.reduce((sum, value) => (value > 0 ? sum - value * Math.log(value) : sum), 0);
}

function logSum(scores: Float64Array): number {
  const top = scores.reduce((high, value) => Math.max(high, value), -Infinity);
  return top + Math.log(scores.reduce((sum, value) => sum + Math.exp(value - top), 0));
}

function gibbs(scores: Float64Array): Float64Array {
  const total = logSum(scores);
  return scores.map((score) => Math.exp(score - total));
}

/** Columns of some outcomes only. */
function restricted(cut: CutSimplex, support: readonly number[]): CutSimplex {
  return cutSimplex(support.length, cut.rows, (s, push) => {
    for (let k = cut.starts[support[s]]; k < cut.starts[support[s] + 1]; k++) push(cut.indices[k], cut.values[k]);
  });
}

/** Covariance of the rows of G under p, `[rows, rows]`: the Hessian of log Σ exp(Gᵀy). */
function covariance(
  { size, rows, starts, indices, values }: CutSimplex,
  p: Float64Array,
  mean: Float64Array,
): Float64Array {
  const result = new Float64Array(rows * rows);
  for (let s = 0; s < size; s++)
    for (let k = starts[s]; k < starts[s + 1]; k++) {
      const weight = p[s] * values[k];
      for (let l = starts[s]; l < starts[s + 1]; l++) result[indices[k] * rows + indices[l]] += weight * values[l];
    }
  for (let k = 0; k < rows; k++) for (let l = 0; l < rows; l++) result[k * rows + l] -= mean[k] * mean[l];
  return result;
}

/** A point of the path: multipliers y of all rows, and the slacks that the rows which do not bind should have. */
interface State {
  readonly y: Float64Array;
  readonly slack: Float64Array;
}

interface Evaluated extends State {
  readonly p: Float64Array;
  readonly product: Float64Array;
}

function evaluate(cut: CutSimplex, state: State): Evaluated {
  const p = gibbs(cutScores(cut, state.y));
  return { ...state, p, product: cutProduct(cut, p) };
}

/** How far a state is from G·p = slack (0 where binding) and y·slack = centre. */
function residual({ y, slack, product }: Evaluated, binding: readonly boolean[], centre: number): number {
  let sum = 0;
  for (let k = 0; k < y.length; k++) {
    const condition = binding[k] ? product[k] : product[k] - slack[k];
    sum += condition ** 2 + (binding[k] ? 0 : (y[k] * slack[k] - centre) ** 2);
  }
  return Math.sqrt(sum);
}

const longestPath = 120;
/** y·slack of a row at the end. */
const smallestProduct = 1e-20;

/** One Newton step towards y·slack = centre, as long as it lowers the residual; undefined when rounding stops it. */
function step(cut: CutSimplex, at: Evaluated, binding: readonly boolean[], centre: number): Evaluated | undefined {
  const { y, slack, product } = at;
  const { rows } = cut;
  const hessian = covariance(cut, at.p, product);
  const right = product.map((value, k) => (binding[k] ? -value : centre / y[k] - value));
  for (let k = 0; k < rows; k++) if (!binding[k]) hessian[k * rows + k] += slack[k] / y[k];
  const dy = symmetricSolve(rows, hessian, right);
  const ds = slack.map((value, k) => (binding[k] ? 0 : centre / y[k] - value - (value * dy[k]) / y[k]));
  let length = 1;
  for (let k = 0; k < rows; k++) {
    if (binding[k]) continue;
    if (dy[k] < 0) length = Math.min(length, (-0.99 * y[k]) / dy[k]);
    if (ds[k] < 0) length = Math.min(length, (-0.99 * slack[k]) / ds[k]);
  }
  const before = residual(at, binding, centre);
  for (; length > 1e-6; length /= 2) {
    const next = evaluate(cut, {
      y: y.map((value, k) => value + length * dy[k]),
      slack: slack.map((value, k) => value + length * ds[k]),
    });
    if (residual(next, binding, centre) <= (1 - length / 100) * before) return next;
  }
  return undefined;
}

/** Minimises log Σ exp(Gᵀy) over y ≥ 0 (free where binding), by a primal-dual interior-point method. */
function followCentre(cut: CutSimplex, binding: readonly boolean[]): Evaluated {
  const free = binding.filter((bound) => !bound).length;
  const start = (bound: boolean): number => (bound ? 0 : 0.1);
  let at = evaluate(cut, { y: Float64Array.from(binding, start), slack: Float64Array.from(binding, start) });
  for (let k = 0; k < longestPath; k++) {
    const product =
      at.y.reduce((sum, value, row) => sum + (binding[row] ? 0 : value * at.slack[row]), 0) / Math.max(free, 1);
    if (product <= smallestProduct && residual(at, binding, product) <= 1e-16) break;
    const next = step(cut, at, binding, 0.1 * product) ?? step(cut, at, binding, product);
    if (next === undefined) break;
    at = next;
  }
  return at;
}

/** Rows whose multiplier ends below this are taken to have none. */
const lostMultiplier = 1e-7;

/**
 * The end of the path to the last digit, also where a multiplier and its slack both vanish and Newton's method slows down:
 * rows with a multiplier hold with equality, the others are left out. Only where that is a solution.
 */
function sharpened(cut: CutSimplex, binding: readonly boolean[], end: Evaluated): Evaluated {
  const place = new Int32Array(cut.rows).fill(-1);
  const held = Array.from(binding.keys()).filter((k) => binding[k] || end.y[k] > lostMultiplier);
  held.forEach((k, r) => {
    place[k] = r;
  });
  const equal = cutSimplex(cut.size, held.length, (s, push) => {
    for (let k = cut.starts[s]; k < cut.starts[s + 1]; k++)
      if (place[cut.indices[k]] >= 0) push(place[cut.indices[k]], cut.values[k]);
  });
  const all = held.map(() => true);
  let at = evaluate(equal, { y: Float64Array.from(held, (k) => end.y[k]), slack: new Float64Array(held.length) });
  for (let k = 0; k < 20; k++) {
    const next = step(equal, at, all, 0);
    if (next === undefined) break;
    at = next;
  }
  const y = Float64Array.from(place, (r) => (r < 0 ? 0 : at.y[r]));
  const sharp = evaluate(cut, { y, slack: end.slack });
  const solves = sharp.product.every((value, k) => value >= -1e-15 && (binding[k] || y[k] >= 0));
  return solves ? sharp : end;
}

/** Scores off the face are pushed this far below the others: exp(−45) is lost beside 1. */
const outOfSight = 45;

/**
 * The distribution of largest entropy among those with G·p ≥ 0; it is unique. Its support is the union of all supports
 * (a linear program), where it is p_s ∝ exp((Gᵀy)_s) (Newton). For every y ≥ 0, log Σ_s exp((Gᵀy)_s) is at least the
 * entropy of every such p: the multipliers prove the answer, and hold the face of the program too.
 * @param what the subject, for messages. @throws `not-applicable` where no p exists.
 */
export async function largestEntropy(cut: CutSimplex, what: string): Promise<LargestEntropy> {
  const { support, binding, exposing } = await widestFace(cut, what);
  const reduced = restricted(cut, support);
  const { p, y } = sharpened(reduced, binding, followCentre(reduced, binding));
  const probabilities = new Float64Array(cut.size);
  support.forEach((s, k) => {
    probabilities[s] = p[k];
  });
  const scores = cutScores(cut, y);
  const inside = new Set(support);
  const level = logSum(Float64Array.from(support, (s) => scores[s]));
  let push = binding.reduce((most, bound, k) => (bound ? Math.max(most, -y[k]) : most), 0);
  for (let s = 0; s < cut.size; s++) if (!inside.has(s)) push = Math.max(push, scores[s] - level + outOfSight);
  const multipliers = y.map((value, k) => Math.max(0, value + push * exposing[k]));
  return {
    probabilities,
    entropy: entropyOf(probabilities),
    entropyBound: logSum(cutScores(cut, multipliers)),
    multipliers,
  };
}
