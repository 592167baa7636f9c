import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBlas } from '../../src/numerics/blas/find-blas.ts';

const state = findBlas();
const { blas } = state;
if (!blas) process.stderr.write(`BLAS products: skipped, ${state.reason}; ${state.advice}\n`);

const entry = fc.oneof(fc.constantFrom(0, 1, -1), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
const side = fc.oneof(fc.constantFrom(1, 2, 3), fc.integer({ min: 1, max: 70 }));

/** Shapes [M, N] and [B, N], with enough numbers to fill them; 1 × 1, 1 × N and M × 1 are common. */
const product = fc
  .tuple(side, side, fc.integer({ min: 1, max: 9 }), fc.array(entry, { minLength: 12, maxLength: 200 }))
  .map(([rows, columns, count, pool]) => {
    const numbers = (length: number, step: number) =>
      Float64Array.from({ length }, (_, i) => pool[(i * step) % pool.length] * (1 + (i % 7)));
    return { rows, columns, count, matrix: numbers(rows * columns, 5), vectors: numbers(count * columns, 3) };
  });

/** y_i and Σ_j |m_ij x_j|, the scale of its rounding, per vector. */
function loops(matrix: Float64Array, rows: number, columns: number, vectors: Float64Array, count: number) {
  const answer = new Float64Array(count * rows);
  const scale = new Float64Array(count * rows);
  for (let o = 0; o < count * rows; o++) {
    const row = (o % rows) * columns;
    const vector = Math.floor(o / rows) * columns;
    for (let j = 0; j < columns; j++) {
      const term = matrix[row + j] * vectors[vector + j];
      answer[o] += term;
      scale[o] += Math.abs(term);
    }
  }
  return { answer, scale };
}

function farthest(found: Float64Array, { answer, scale }: ReturnType<typeof loops>): number {
  return found.reduce((most, y, i) => Math.max(most, y === answer[i] ? 0 : Math.abs(y - answer[i]) / scale[i]), 0);
}

it('no library of this machine is refused', () => {
  expect(state.refusals).toEqual([]);
});

describe.skipIf(!blas)('BLAS products', () => {
  it('matVec and matMul agree with the loops to 1e-13', () => {
    fc.assert(
      fc.property(product, ({ rows, columns, count, matrix, vectors }) => {
        const expected = loops(matrix, rows, columns, vectors, count);
        const together = new Float64Array(count * rows).fill(Number.NaN);
        blas!.matMul(matrix, rows, columns, vectors, count, together);
        const each = new Float64Array(count * rows).fill(Number.NaN);
        for (let b = 0; b < count; b++)
          blas!.matVec(matrix, rows, columns, vectors.subarray(b * columns), each.subarray(b * rows));
        expect(farthest(together, expected)).toBeLessThanOrEqual(1e-13);
        expect(farthest(each, expected)).toBeLessThanOrEqual(1e-13);
      }),
      { numRuns: 300 },
    );
  });

  it('agree at sizes that use several threads', () => {
    const [rows, columns, count] = [301, 257, 33];
    const numbers = (length: number) => Float64Array.from({ length }, (_, i) => Math.sin(i * i));
    const matrix = numbers(rows * columns);
    const vectors = numbers(count * columns);
    const expected = loops(matrix, rows, columns, vectors, count);
    const together = new Float64Array(count * rows);
    blas!.matMul(matrix, rows, columns, vectors, count, together);
    expect(farthest(together, expected)).toBeLessThanOrEqual(1e-13);
    const first = new Float64Array(rows);
    blas!.matVec(matrix, rows, columns, vectors, first);
    expect(farthest(first, expected)).toBeLessThanOrEqual(1e-13);
  });

  it('takes views and shared memory, and writes nothing beside the result', () => {
    const shared = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length));
    const matrix = shared(8).subarray(1, 7);
    matrix.set([1, 2, 3, 4, 5, 6]);
    const vectors = shared(9).subarray(2, 8);
    vectors.set([1, 10, 100, -1, 0, 1]);
    const result = shared(7).fill(9);
    blas!.matMul(matrix, 2, 3, vectors, 2, result.subarray(1, 5));
    expect([...result]).toEqual([9, 321, 654, 2, 2, 9, 9]);
    blas!.matVec(matrix, 2, 3, vectors.subarray(3), result.subarray(5));
    expect([...result]).toEqual([9, 321, 654, 2, 2, 2, 2]);
  });

  it('gives a matVec the same bits again, wherever its arrays lie', () => {
    for (const [rows, columns] of [
      [7, 5],
      [33, 129],
      [200, 211],
    ]) {
      const values = (length: number, at: number) => {
        const view = new Float64Array(length + at).subarray(at);
        for (let i = 0; i < length; i++) view[i] = Math.sin(i * 1.7 + 1);
        return view;
      };
      const answer = (at: number) => {
        const result = new Float64Array(rows + at).subarray(at);
        blas!.matVec(values(rows * columns, at), rows, columns, values(columns, 3 * at), result);
        return [...result];
      };
      const first = answer(0);
      for (let at = 0; at < 8; at++) expect(answer(at)).toEqual(first);
    }
  });

  it('refuses arrays that do not hold the shape', () => {
    const of = (length: number) => new Float64Array(length);
    const { matVec, matMul } = blas!;
    expect(() => matVec(of(5), 2, 3, of(3), of(2))).toThrow('lengths 5, 3, 2 do not hold shape [2, 3]');
    expect(() => matVec(of(6), 2, 3, of(2), of(2))).toThrow('do not hold');
    expect(() => matVec(of(6), 2, 3, of(3), of(1))).toThrow('do not hold');
    expect(() => matVec(of(6), 0, 3, of(3), of(1))).toThrow('do not hold');
    expect(() => matMul(of(5), 2, 3, of(6), 2, of(4))).toThrow('do not hold shape [2, 3] by 2');
    expect(() => matMul(of(6), 2, 3, of(5), 2, of(4))).toThrow('do not hold');
    expect(() => matMul(of(6), 2, 3, of(6), 2, of(3))).toThrow('do not hold');
    expect(() => matMul(of(6), 2, 3, of(6), 0, of(4))).toThrow('do not hold');
  });

  it.skipIf(blas?.kind !== 'openblas')('sets its threads, and refuses what the library does not take', () => {
    const before = blas!.threads!;
    blas!.setThreads(1);
    expect(blas!.threads).toBe(1);
    for (const count of [0, 1.5, -2, Number.NaN]) expect(() => blas!.setThreads(count)).toThrow('a whole number');
    expect(() => blas!.setThreads(100_000)).toThrow('100000 threads: openblas');
    expect(blas!.threads).toBe(1);
    blas!.setThreads(before);
    expect(blas!.threads).toBe(before);
  });
});
