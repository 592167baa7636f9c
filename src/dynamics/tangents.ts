import { hostValues } from '../numerics/cpu/backend.ts';
import type { Ops } from '../numerics/ops.ts';
import { mapTensors, type Tensor, tensorsOf } from '../numerics/tensor.ts';
import { stream } from '../random/streams.ts';

/** How far a state is moved to try a direction: curvature and rounding spoil the difference about alike. */
const nudge = 1e-6;

/** Shorter than this, what is left of a unit vector is rounding: the step forgets its direction. */
const forgotten = 1e-7;

/** The numbers of a state that its steps change, one tensor after the other. */
function numbersOf(state: unknown, constant: readonly boolean[]): Float64Array {
  const changing = tensorsOf(state).filter((_, index) => !constant[index]);
  const values = changing.map(hostValues);
  const numbers = new Float64Array(values.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of values) {
    numbers.set(part, at);
    at += part.length;
  }
  return numbers;
}

/** The state moved along a direction. */
function moved(ops: Ops, state: unknown, constant: readonly boolean[], direction: Float64Array): unknown {
  let at = 0;
  return mapTensors(state, (tensor, index) => {
    if (constant[index]) return tensor;
    const values = hostValues(tensor).map((value) => value + nudge * direction[at++]);
    return ops.tensor(values, tensor.shape);
  });
}

const inner = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** Takes from a vector what lies along the others, which are of length 1. @returns the length that is left. */
function orthogonalise(vector: Float64Array, others: readonly Float64Array[]): number {
  for (const other of others) {
    const along = inner(vector, other);
    for (let i = 0; i < vector.length; i++) vector[i] -= along * other[i];
  }
  return Math.sqrt(inner(vector, vector));
}

function normalise(vector: Float64Array, length: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] /= length;
}

/** Which tensors of a state a step hands on as they are: a fixed magnet, a fixed opponent. */
export function handedOn(before: unknown, after: unknown): boolean[] {
  const [old, now] = [tensorsOf(before), tensorsOf(after)];
  return now.map((tensor: Tensor, index) => old.length === now.length && old[index] === tensor);
}

/** States beside a trajectory, one per direction. */
export interface Tangents {
  readonly beside: readonly unknown[];
  /** Logarithm of what the last step made of each direction's length; −∞ where it forgot it. */
  readonly growth: readonly number[];
}

/** Draws orthonormal directions; what is beyond the dimension of the state is left out. */
export function firstTangents(ops: Ops, state: unknown, constant: readonly boolean[], count: number): Tangents {
  const { length } = numbersOf(state, constant);
  const draw = stream('tangents');
  const directions: Float64Array[] = [];
  while (directions.length < Math.min(count, length)) {
    const vector = Float64Array.from({ length }, () => draw.normal());
    const size = orthogonalise(vector, directions);
    normalise(vector, size);
    directions.push(vector);
  }
  return { beside: directions.map((direction) => moved(ops, state, constant, direction)), growth: [] };
}

/**
 * Benettin's renormalisation after a step: the differences of the states beside from the trajectory are made
 * orthonormal one after the other, and the states put back at a small distance along them.
 * @param state the trajectory after the step. @param beside the states beside it after the same step.
 */
export function renormalised(
  ops: Ops,
  state: unknown,
  constant: readonly boolean[],
  beside: readonly unknown[],
): Tangents {
  const here = numbersOf(state, constant);
  const directions: Float64Array[] = [];
  const growth = beside.map((other) => {
    const there = numbersOf(other, constant);
    const vector = here.map((value, i) => {
      const difference = (there[i] - value) / nudge;
      return Number.isFinite(difference) ? difference : 0;
    });
    let length = orthogonalise(vector, directions);
    const grown = length > forgotten ? Math.log(length) : Number.NEGATIVE_INFINITY;
    if (length <= forgotten) {
      const draw = stream('tangents', directions.length);
      for (let i = 0; i < vector.length; i++) vector[i] = draw.normal();
      length = orthogonalise(vector, directions);
    }
    normalise(vector, length);
    directions.push(vector);
    return grown;
  });
  return { beside: directions.map((direction) => moved(ops, state, constant, direction)), growth };
}
