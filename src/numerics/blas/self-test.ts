import type { Blas } from './blas.ts';

/** Shapes [M, N] with odd ends; the last one is large enough for a library to use its threads. */
const shapes = [
  [1, 1],
  [1, 5],
  [5, 1],
  [3, 7],
  [8, 3],
  [17, 33],
  [127, 131],
] as const;

const counts = [1, 2, 19];

/** A view of `length` places that does not start its buffer, between places that hold NaN. */
function guarded(length: number): Float64Array {
  return new Float64Array(length + 3).fill(Number.NaN).subarray(1, length + 1);
}

/**
 * Whole numbers of 21 bits without a pattern: their products, and sums of 131 of them, are exact in float64 in any
 * order of summation, and are not in float32.
 */
function numbers(length: number, seed: number): Float64Array {
  const view = guarded(length);
  for (let i = 0; i < length; i++) view[i] = (((i + seed) * 1_299_709 + 104_729) % 2_097_143) - 1_048_571;
  return view;
}

/** What is wrong in `result`, in words; the guards beside it must still hold NaN. */
function wrong(call: string, result: Float64Array, expected: (i: number) => number): string | undefined {
  for (let i = 0; i < result.length; i++)
    if (result[i] !== expected(i)) return `${call}: entry ${i} is ${result[i]} instead of ${expected(i)}`;
  const around = new Float64Array(result.buffer);
  if (!around.subarray(result.length + 1).every(Number.isNaN) || !Number.isNaN(around[0]))
    return `${call}: it writes beyond the result`;
  return undefined;
}

function addBlockFault(blas: Pick<Blas, 'addBlock'>, rows: number, columns: number): string | undefined {
  const stride = columns + 2;
  const block = numbers((rows - 1) * stride + columns, 3);
  for (const mirrored of [false, true]) {
    const [given, made] = mirrored ? [rows, columns] : [columns, rows];
    const vector = numbers(given, 7);
    const before = numbers(made, 11);
    const result = guarded(made);
    result.set(before);
    blas.addBlock(block, rows, columns, stride, mirrored, vector, result);
    const fault = wrong(`cblas_dgemv of a block ${rows} × ${columns}${mirrored ? ', mirrored' : ''}`, result, (i) => {
      let sum = before[i];
      for (let j = 0; j < given; j++)
        sum += mirrored ? -block[j * stride + i] * vector[j] : block[i * stride + j] * vector[j];
      return sum;
    });
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/**
 * Products of known answers: what a library gets wrong first, in words, or undefined. The numbers are chosen so that the
 * right answer is exact, hence compared without a tolerance. A library that ends the process cannot be caught.
 */
export function selfTest(blas: Pick<Blas, 'matVec' | 'addBlock' | 'matMul'>): string | undefined {
  for (const [rows, columns] of shapes) {
    const matrix = numbers(rows * columns, 1);
    for (const count of counts) {
      const vectors = numbers(count * columns, 7);
      const expected = (i: number) => {
        let sum = 0;
        const row = (i % rows) * columns;
        const vector = Math.floor(i / rows) * columns;
        for (let j = 0; j < columns; j++) sum += matrix[row + j] * vectors[vector + j];
        return sum;
      };
      if (count === 1) {
        const result = guarded(rows);
        blas.matVec(matrix, rows, columns, vectors, result);
        const fault = wrong(`cblas_dgemv of ${rows} × ${columns}`, result, expected);
        if (fault !== undefined) return fault;
      }
      const results = guarded(count * rows);
      blas.matMul(matrix, rows, columns, vectors, count, results);
      const fault = wrong(`cblas_dgemm of ${rows} × ${columns} by ${count}`, results, expected);
      if (fault !== undefined) return fault;
    }
  }
  for (const [rows, columns] of shapes) {
    const fault = addBlockFault(blas, rows, columns);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
