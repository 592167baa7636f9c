import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Tensor } from '../../src/numerics/tensor.ts';
import { backendsHere } from '../devices/backends.ts';

const backends = await Promise.all(
  (await backendsHere()).map(async ({ name, examples, open }) => ({ name, examples, backend: await open() })),
);

/** Numbers that float32 holds exactly, so that backends of both widths are asked the same question. */
const entry = fc.double({ min: -30, max: 30, noNaN: true }).map(Math.fround);
const rowsOf = (rows: number, columns: number) =>
  fc.array(fc.array(entry, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
/** Two arrays [B, A], one scalar per run, and a mask. */
const pair = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 9 })).chain(([b, a]) =>
  fc.record({
    x: rowsOf(b, a),
    y: rowsOf(b, a),
    shared: rowsOf(1, a),
    scalars: rowsOf(b, 1),
    mask: fc.array(fc.boolean(), { minLength: b, maxLength: b }),
  }),
);
const product = fc
  .record({
    b: fc.integer({ min: 1, max: 3 }),
    m: fc.integer({ min: 1, max: 7 }),
    n: fc.integer({ min: 1, max: 7 }),
    ownMatrix: fc.boolean(),
  })
  .chain(({ b, m, n, ownMatrix }) =>
    fc.record({
      matrices: fc.array(rowsOf(m, n), { minLength: ownMatrix ? b : 1, maxLength: ownMatrix ? b : 1 }),
      vectors: rowsOf(b, n),
    }),
  );

type Rows = readonly (readonly number[])[];

describe.each(backends)('every operation of the $name backend', ({ backend, examples }) => {
  const { ops } = backend;
  afterAll(() => backend.dispose());
  const put = (rows: Rows): Tensor => ops.tensor(rows.flat(), [rows.length, rows[0].length]);
  /** Agreement within the tolerance of the backend, relative to the size of the value or of the terms it sums. */
  const agree = async (tensor: Tensor, expected: Rows, sizes: Rows = expected): Promise<void> => {
    expect(tensor.shape).toEqual([expected.length, expected[0].length]);
    const values = await backend.read(tensor);
    const scales = sizes.flat();
    expected.flat().forEach((value, i) => {
      expect(Math.abs(values[i] - value)).toBeLessThanOrEqual(backend.tolerance * Math.max(1, Math.abs(scales[i])));
    });
  };
  const check = <T>(arbitrary: fc.Arbitrary<T>, law: (given: T) => Promise<void>) =>
    fc.assert(fc.asyncProperty(arbitrary, law), { numRuns: examples });

  it('adds, subtracts, multiplies and divides elementwise, with numbers, per-run scalars and shared rows', () =>
    check(pair, async ({ x, y, shared, scalars }) => {
      const [p, q, one, s] = [put(x), put(y), put(shared), put(scalars)];
      await agree(
        ops.add(p, q),
        x.map((row, r) => row.map((v, j) => v + y[r][j])),
        x.map((row, r) => row.map((v, j) => Math.abs(v) + Math.abs(y[r][j]))),
      );
      await agree(
        ops.sub(p, 2),
        x.map((row) => row.map((v) => v - 2)),
        x.map((row) => row.map((v) => Math.abs(v) + 2)),
      );
      await agree(
        ops.mul(p, s),
        x.map((row, r) => row.map((v) => v * scalars[r][0])),
      );
      await agree(
        ops.div(p, 4),
        x.map((row) => row.map((v) => v / 4)),
      );
      await agree(
        ops.add(one, p),
        x.map((row) => row.map((v, j) => shared[0][j] + v)),
        x.map((row) => row.map((v, j) => Math.abs(shared[0][j]) + Math.abs(v))),
      );
      await agree(
        ops.sub(p, one),
        x.map((row) => row.map((v, j) => v - shared[0][j])),
        x.map((row) => row.map((v, j) => Math.abs(shared[0][j]) + Math.abs(v))),
      );
    }));

  it('combines any number of terms with shared and per-run weights', () =>
    check(pair, async ({ x, y, shared, scalars }) => {
      const [p, q, one, s] = [put(x), put(y), put(shared), put(scalars)];
      const terms = (...of: readonly ((r: number, j: number) => number)[]): [number[][], number[][]] => {
        const every = (f: (values: number[]) => number) =>
          x.map((row, r) => row.map((_, j) => f(of.map((term) => term(r, j)))));
        return [
          every((values) => values.reduce((sum, value) => sum + value, 0)),
          every((values) => values.reduce((sum, value) => sum + Math.abs(value), 0)),
        ];
      };
      await agree(
        ops.combine([2, s], [p, q]),
        ...terms(
          (r, j) => 2 * x[r][j],
          (r, j) => scalars[r][0] * y[r][j],
        ),
      );
      await agree(
        ops.combine([s, -1, 0.5], [p, one, q]),
        ...terms(
          (r, j) => scalars[r][0] * x[r][j],
          (_, j) => -shared[0][j],
          (r, j) => 0.5 * y[r][j],
        ),
      );
      await agree(
        ops.combine([1, 1, s, 3], [one, p, q, p]),
        ...terms(
          (_, j) => shared[0][j],
          (r, j) => x[r][j],
          (r, j) => scalars[r][0] * y[r][j],
          (r, j) => 3 * x[r][j],
        ),
      );
      await agree(ops.combine([1], [p]), x);
    }));

  it('takes exponentials, logarithms and x·log y with 0·log 0 = 0', () =>
    check(pair, async ({ x, y }) => {
      const positive = y.map((row) => row.map((v) => Math.fround(Math.abs(v) + 1e-3)));
      await agree(
        ops.exp(put(x)),
        x.map((row) => row.map(Math.exp)),
      );
      await agree(
        ops.log(put(positive)),
        positive.map((row) => row.map(Math.log)),
      );
      await agree(
        ops.xlogy(put(x), put(positive)),
        x.map((row, r) => row.map((v, j) => (v === 0 ? 0 : v * Math.log(positive[r][j])))),
      );
      await agree(ops.xlogy(put([[0, 1]]), put([[0, 1]])), [[0, 0]]);
    }));

  it('takes sigmoids, also far out', () =>
    check(pair, async ({ x }) => {
      await agree(
        ops.sigmoid(put(x)),
        x.map((row) => row.map((v) => 1 / (1 + Math.exp(-v)))),
      );
      await agree(ops.sigmoid(put([[-1e4, 1e4]])), [[0, 1]]);
    }));

  it('takes positive parts', () =>
    check(pair, async ({ x }) => {
      await agree(
        ops.positivePart(put(x)),
        x.map((row) => row.map((v) => Math.max(v, 0))),
      );
    }));

  it('reduces over the last axis: sum, max, logSumExp', () =>
    check(pair, async ({ x }) => {
      await agree(
        ops.sum(put(x)),
        x.map((row) => [row.reduce((a, b) => a + b, 0)]),
        x.map((row) => [row.reduce((a, b) => a + Math.abs(b), 0)]),
      );
      await agree(
        ops.max(put(x)),
        x.map((row) => [Math.max(...row)]),
      );
      await agree(
        ops.logSumExp(put(x)),
        x.map((row) => [Math.log(row.reduce((a, b) => a + Math.exp(b), 0))]),
      );
    }));

  it('normalises rows: softmax, logSoftmax, and the exponential of a logSoftmax', () =>
    check(pair, async ({ x }) => {
      const soft = x.map((row) => {
        const weights = row.map((v) => Math.exp(v - Math.max(...row)));
        const total = weights.reduce((a, b) => a + b, 0);
        return weights.map((w) => w / total);
      });
      await agree(ops.softmax(put(x)), soft);
      await agree(
        ops.logSoftmax(put(x)),
        soft.map((row) => row.map(Math.log)),
      );
      await agree(ops.exp(ops.logSoftmax(put(x))), soft);
      const halves = [put(x), put(x)];
      await agree(ops.exp(ops.combineLogSoftmax([0.25, 0.75], halves)), soft);
    }));

  it('multiplies shared and per-run matrices with vectors', () =>
    check(product, async ({ matrices, vectors }) => {
      const [m, n] = [matrices[0].length, matrices[0][0].length];
      const placed = ops.tensor(matrices.flat(2), [matrices.length, m, n]);
      const expected = vectors.map((v, r) =>
        matrices[matrices.length === 1 ? 0 : r].map((row) => row.reduce((sum, e, j) => sum + e * v[j], 0)),
      );
      const sizes = vectors.map((v, r) =>
        matrices[matrices.length === 1 ? 0 : r].map((row) => row.reduce((sum, e, j) => sum + Math.abs(e * v[j]), 0)),
      );
      await agree(ops.matVec(placed, put(vectors)), expected, sizes);
      const [vector] = vectors;
      const shared = matrices.map((matrix) => matrix.map((row) => row.reduce((sum, e, j) => sum + e * vector[j], 0)));
      await agree(
        ops.matVec(placed, put([vector])),
        shared,
        matrices.map((matrix) => matrix.map((row) => row.reduce((sum, e, j) => sum + Math.abs(e * vector[j]), 0))),
      );
      expect(Array.from(await backend.read(placed))).toEqual(matrices.flat(2));
      const flat = ops.tensor(matrices.flat(2), [matrices.length, m * n]);
      await agree(ops.matVec(flat, put(vectors)), expected, sizes);
      expect(flat.shape).toEqual([matrices.length, m * n]);
      expect(Array.from(await backend.read(flat))).toEqual(matrices.flat(2));
    }));

  it('multiplies a matrix made block by block, and keeps none of the blocks', () =>
    check(fc.tuple(product, fc.integer({ min: 1, max: 8 })), async ([{ matrices, vectors }, blockRows]) => {
      const [matrix] = matrices;
      const placed = put(vectors);
      const before = backend.liveTensors();
      const made: number[] = [];
      const block = (from: number, to: number): Tensor => {
        made.push(to - from);
        return ops.mul(ops.mul(put(matrix.slice(from, to)), 2), 0.5);
      };
      const result = ops.rowBlocks(matrix.length, blockRows, block, placed);
      expect(backend.liveTensors()).toBe(before + 1);
      expect(Math.max(...made)).toBeLessThanOrEqual(blockRows);
      await agree(
        result,
        vectors.map((v) => matrix.map((row) => row.reduce((sum, e, j) => sum + e * v[j], 0))),
        vectors.map((v) => matrix.map((row) => row.reduce((sum, e, j) => sum + Math.abs(e * v[j]), 0))),
      );
    }));

  it('selects rows by a mask', () =>
    check(pair, async ({ x, y, mask }) =>
      agree(
        ops.select(mask, put(x), put(y)),
        x.map((row, r) => (mask[r] ? row : y[r])),
      ),
    ));

  it('does not overflow where exponentials would: ±1e4, and rows of −∞ mass', async () => {
    await agree(ops.softmax(put([[1e4, 0, -1e4]])), [[1, 0, 0]]);
    await agree(ops.logSumExp(put([[1e4, 1e4]])), [[1e4 + Math.log(2)]]);
    expect((await backend.read(ops.logSumExp(put([[-Infinity, -Infinity]]))))[0]).toBe(-Infinity);
    expect(Array.from(await backend.read(ops.log(put([[0, 1]]))))).toEqual([-Infinity, 0]);
    expect((await backend.read(ops.xlogy(put([[1]]), put([[0]]))))[0]).toBe(-Infinity);
  });

  it('log-probabilities of logits of order 1e6 still sum to 1', async () => {
    const values = await backend.read(ops.logSoftmax(put([[1e6, 1e6 + 1, 1e6 - 3]])));
    const total = values.reduce((sum, value) => sum + Math.exp(value), 0);
    expect(Math.abs(total - 1)).toBeLessThanOrEqual(backend.tolerance);
  });

  it('keeps what a scope returns and releases the rest; a released tensor is refused', async () => {
    const start = backend.liveTensors();
    const kept = backend.scope(() => {
      const first = ops.fill([1, 3], 1);
      return { state: [ops.add(first, 1)], step: 4 };
    });
    expect(backend.liveTensors()).toBe(start + 1);
    await agree(kept.state[0], [[2, 2, 2]]);
    backend.release(kept);
    expect(backend.liveTensors()).toBe(start);
    expect(() => ops.add(kept.state[0], 1)).toThrow('released');
  });

  it('hands what an inner scope returns to the outer one', async () => {
    const start = backend.liveTensors();
    const kept = backend.scope(() => {
      const [gone, stays] = backend.scope(() => [ops.fill([1, 2], 1), ops.fill([1, 2], 3)]);
      return ops.add(gone, stays);
    });
    expect(backend.liveTensors()).toBe(start + 1);
    await agree(kept, [[4, 4]]);
    backend.release(kept);
  });

  it('releases what a failing scope made, and keeps what `live` holds', () => {
    const start = backend.liveTensors();
    expect(() =>
      backend.scope(() => {
        ops.fill([1, 3], 1);
        throw new Error('on the way');
      }),
    ).toThrow('on the way');
    const state = { kept: ops.fill([1, 3], 1), gone: ops.fill([1, 3], 2) };
    backend.release(state, [state.kept]);
    expect(backend.liveTensors()).toBe(start + 1);
    backend.release(state);
    expect(backend.liveTensors()).toBe(start);
  });

  it('refuses shapes that do not fit', () => {
    expect(() => ops.add(put([[1, 2, 3]]), put([[1, 2]]))).toThrow('do not fit');
    expect(() => ops.matVec(ops.fill([1, 2, 3], 1), put([[1, 2]]))).toThrow('do not fit');
    expect(() => ops.matVec(ops.fill([1, 6], 1), put([[1, 2, 3, 4]]))).toThrow('do not fit');
    expect(() => ops.matVec(ops.fill([3, 6], 1), ops.fill([2, 3], 1))).toThrow('do not fit');
    expect(() => ops.combine([1, 1], [put([[1, 2]]), put([[1, 2, 3]])])).toThrow('do not fit');
    expect(() => ops.tensor([1, 2], [1, 3])).toThrow('expected shape');
  });
});
