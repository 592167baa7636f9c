import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/numerics/backend.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';

const backends: readonly (readonly [string, () => Backend])[] = [['cpu', cpuBackend]];

const entry = fc.double({ min: -30, max: 30, noNaN: true });
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

describe.each(backends)('every operation of the %s backend', (_, make) => {
  const backend = make();
  const { ops } = backend;
  const put = (rows: readonly (readonly number[])[]): Tensor => ops.tensor(rows.flat(), [rows.length, rows[0].length]);
  const agree = async (tensor: Tensor, expected: readonly (readonly number[])[]): Promise<void> => {
    expect(tensor.shape).toEqual([expected.length, expected[0].length]);
    const values = await backend.read(tensor);
    expected.flat().forEach((value, i) => {
      expect(Math.abs(values[i] - value)).toBeLessThanOrEqual(backend.tolerance * Math.max(1, Math.abs(value)));
    });
  };
  const check = <T>(arbitrary: fc.Arbitrary<T>, law: (given: T) => Promise<void>) =>
    fc.assert(fc.asyncProperty(arbitrary, law), { numRuns: 60 });

  it('adds, subtracts, multiplies and divides elementwise, with numbers, per-run scalars and shared rows', () =>
    check(pair, async ({ x, y, shared, scalars }) => {
      const [p, q, one, s] = [put(x), put(y), put(shared), put(scalars)];
      await agree(
        ops.add(p, q),
        x.map((row, r) => row.map((v, j) => v + y[r][j])),
      );
      await agree(
        ops.sub(p, 2),
        x.map((row) => row.map((v) => v - 2)),
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
      );
      await agree(
        ops.sub(p, one),
        x.map((row) => row.map((v, j) => v - shared[0][j])),
      );
    }));

  it('combines any number of terms with shared and per-run weights', () =>
    check(pair, async ({ x, y, shared, scalars }) => {
      const [p, q, one, s] = [put(x), put(y), put(shared), put(scalars)];
      await agree(
        ops.combine([2, s], [p, q]),
        x.map((row, r) => row.map((v, j) => 2 * v + scalars[r][0] * y[r][j])),
      );
      await agree(
        ops.combine([s, -1, 0.5], [p, one, q]),
        x.map((row, r) => row.map((v, j) => scalars[r][0] * v - shared[0][j] + 0.5 * y[r][j])),
      );
      await agree(
        ops.combine([1, 1, s, 3], [one, p, q, p]),
        x.map((row, r) => row.map((v, j) => shared[0][j] + v + scalars[r][0] * y[r][j] + 3 * v)),
      );
    }));

  it('takes exponentials, logarithms and x·log y with 0·log 0 = 0', () =>
    check(pair, async ({ x, y }) => {
      const positive = y.map((row) => row.map((v) => Math.abs(v) + 1e-3));
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

  it('reduces over the last axis: sum, max, logSumExp', () =>
    check(pair, async ({ x }) => {
      await agree(
        ops.sum(put(x)),
        x.map((row) => [row.reduce((a, b) => a + b, 0)]),
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
    }));

  it('multiplies shared and per-run matrices with vectors', () =>
    check(product, async ({ matrices, vectors }) => {
      const [m, n] = [matrices[0].length, matrices[0][0].length];
      const placed = ops.tensor(matrices.flat(2), [matrices.length, m, n]);
      const expected = vectors.map((v, r) =>
        matrices[matrices.length === 1 ? 0 : r].map((row) => row.reduce((sum, e, j) => sum + e * v[j], 0)),
      );
      await agree(ops.matVec(placed, put(vectors)), expected);
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
  });

  it('log-probabilities of logits of order 1e6 still sum to 1', async () => {
    const values = await backend.read(ops.logSoftmax(put([[1e6, 1e6 + 1, 1e6 - 3]])));
    expect(values.reduce((sum, value) => sum + Math.exp(value), 0)).toBeCloseTo(1, 14);
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

  it('refuses shapes that do not fit', () => {
    expect(() => ops.add(put([[1, 2, 3]]), put([[1, 2]]))).toThrow('do not fit');
    expect(() => ops.matVec(ops.fill([1, 2, 3], 1), put([[1, 2]]))).toThrow('do not fit');
    expect(() => ops.combine([1, 1], [put([[1, 2]]), put([[1, 2, 3]])])).toThrow('do not fit');
    expect(() => ops.tensor([1, 2], [1, 3])).toThrow('expected shape');
  });
});
