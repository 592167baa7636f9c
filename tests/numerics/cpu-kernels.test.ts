import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestResponseGain } from '../../src/metrics/best-response-gain.ts';
import { arena } from '../../src/numerics/cpu/arena.ts';
import { bestResponseGains, reachable, responseDivergences } from '../../src/numerics/cpu/measures.ts';
import { type CpuTensor, cpuMemory } from '../../src/numerics/cpu/memory.ts';
import { cpuOps } from '../../src/numerics/cpu/ops.ts';
import { products } from '../../src/numerics/cpu/products.ts';
import { klDivergence } from '../../src/numerics/divergence.ts';
import { exponential, exponentialExcess } from '../../src/numerics/exponential.ts';
import type { Ops } from '../../src/numerics/ops.ts';
import type { Tensor } from '../../src/numerics/tensor.ts';

/** The same operations by compiled code and, where it cannot reach the numbers, by loops. */
const compiled = cpuOps(
  cpuMemory(() => true),
  products({ blas: false }),
);
const loops = cpuOps(
  cpuMemory(() => false),
  products({ blas: false }),
);

const value = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -40, max: 40, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, -Infinity, -708, -708.5, -745.2, -1e4, 708.2, 1e4, 5e-324) },
);
const batch = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 23 })).chain(([runs, width]) =>
  fc.record({
    runs: fc.constant(runs),
    width: fc.constant(width),
    rows: fc.array(fc.array(value, { minLength: runs * width, maxLength: runs * width }), {
      minLength: 3,
      maxLength: 3,
    }),
    weights: fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 3, maxLength: 3 }),
  }),
);

interface Batch {
  readonly runs: number;
  readonly width: number;
  readonly rows: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** Log-probabilities of rows of logits. */
function normalised(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row) => {
    const top = Math.max(...row);
    const total = Math.log(row.reduce((sum, v) => sum + Math.exp(v - top), 0));
    return row.map((v) => v - top - total);
  });
}

function sameBits(run: (ops: Ops) => Tensor): void {
  const [ours, theirs] = [compiled, loops].map((ops) => (run(ops) as CpuTensor).data);
  expect(Array.from(new BigUint64Array(ours.slice().buffer))).toEqual(
    Array.from(new BigUint64Array(theirs.slice().buffer)),
  );
}

describe('compiled kernels and loops', () => {
  it('take their numbers from where compiled code reaches, and from where it does not', () => {
    expect(arena()).toBeDefined();
    expect((compiled.fill([1, 3], 1) as CpuTensor).at).toBeGreaterThan(0);
    expect((loops.fill([1, 3], 1) as CpuTensor).at).toBe(0);
  });

  it('give the same bits: exponentials, sigmoids, log-softmax and its exponentials', () => {
    fc.assert(
      fc.property(batch, ({ runs, width, rows: [x] }) => {
        fc.pre(x.some((v) => v > -Infinity));
        sameBits((ops) => ops.exp(ops.tensor(x, [runs, width])));
        sameBits((ops) => ops.sigmoid(ops.tensor(x, [runs, width])));
        const finite = x.map((v) => (v === -Infinity ? -2e4 : v));
        sameBits((ops) => ops.logSoftmax(ops.tensor(finite, [runs, width])));
        sameBits((ops) => ops.exp(ops.logSoftmax(ops.tensor(finite, [runs, width]))));
      }),
    );
  });

  it('give the same bits: combinations with numbers, per-run weights and shared rows', () => {
    fc.assert(
      fc.property(batch, ({ runs, width, rows, weights: [a, b, c] }) => {
        const [x, y, z] = rows.map((row) => row.map((v) => (Number.isFinite(v) ? v : 1)));
        const put = (ops: Ops, values: number[]): Tensor => ops.tensor(values, [runs, width]);
        const shared = (ops: Ops): Tensor => ops.tensor(y.slice(0, width), [1, width]);
        const perRun = (ops: Ops): Tensor =>
          ops.tensor(
            Array.from({ length: runs }, (_, r) => b + r),
            [runs, 1],
          );
        const normalised = (ops: Ops): Tensor =>
          ops.combineLogSoftmax([a, perRun(ops), c], [put(ops, x), shared(ops), put(ops, z)]);
        sameBits(normalised);
        sameBits((ops) => ops.exp(normalised(ops)));
        sameBits((ops) => ops.combineLogSoftmax([a, b], [put(ops, x), shared(ops)]));
        sameBits((ops) => ops.exp(ops.combineLogSoftmax([a, b, c], [put(ops, x), put(ops, y), put(ops, z)])));
        const [atOnce, apart] = [
          compiled.combineLogSoftmax([a, b, c], [put(compiled, x), put(compiled, y), put(compiled, z)]),
          compiled.logSoftmax(compiled.combine([a, b, c], [put(compiled, x), put(compiled, y), put(compiled, z)])),
        ];
        expect((atOnce as CpuTensor).data).toEqual((apart as CpuTensor).data);
        sameBits((ops) => ops.combine([a, b], [put(ops, x), shared(ops)]));
        sameBits((ops) => ops.combine([a, b], [shared(ops), put(ops, x)]));
        sameBits((ops) => ops.combine([a, b, c], [put(ops, x), shared(ops), put(ops, z)]));
        sameBits((ops) => ops.combine([a, b, c], [shared(ops), put(ops, x), shared(ops)]));
        sameBits((ops) => ops.combine([a, perRun(ops), c], [put(ops, x), put(ops, y), put(ops, z)]));
        sameBits((ops) => ops.combine([a, b, c, a], [put(ops, x), put(ops, y), put(ops, z), shared(ops)]));
      }),
    );
  });

  it('give the same bits: products with shared and own matrices, of any shape', () => {
    const shape = fc.record({
      runs: fc.integer({ min: 1, max: 3 }),
      height: fc.integer({ min: 1, max: 11 }),
      width: fc.integer({ min: 1, max: 11 }),
      own: fc.boolean(),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(shape, ({ runs, height, width, own, seed }) => {
        const number = (k: number): number => Math.sin(seed + 12.9898 * k) * 43758.5453;
        const matrices = own ? runs : 1;
        const entries = Array.from({ length: matrices * height * width }, (_, k) => number(k));
        const vectors = Array.from({ length: runs * width }, (_, k) => number(k + 0.5));
        sameBits((ops) =>
          ops.matVec(ops.tensor(entries, [matrices, height, width]), ops.tensor(vectors, [runs, width])),
        );
      }),
    );
  });
});

describe('what a check measures', () => {
  const measured = (
    ops: Ops,
    { runs, width, rows: [x, y, z], weights: [w] }: Batch,
    single: boolean,
  ): Float64Array[] => {
    const log = ops.logSoftmax(ops.tensor(x, [runs, width]));
    const policy = ops.exp(log);
    const payoffs = single ? ops.tensor(y.slice(0, width), [1, width]) : ops.tensor(y, [runs, width]);
    const reference = ops.logSoftmax(ops.tensor(z.slice(0, width), [1, width]));
    const out = [reachable(runs), reachable(runs)];
    const weights = reachable(single ? 1 : runs);
    weights.data.forEach((_, r) => {
      weights.data[r] = Math.abs(w) + r;
    });
    bestResponseGains(policy, payoffs, out[0]);
    responseDivergences(log, policy, payoffs, reference, weights, reachable(2 * width), out[1]);
    return out.map(({ data }) => data.slice());
  };

  it('is the same by compiled code and by loops, and what its definitions say', () => {
    fc.assert(
      fc.property(batch, fc.boolean(), fc.constantFrom(1e-9, 1e-3, 1), ({ rows, ...shape }, single, scale) => {
        // From policies that are their own response but for 1e-9 to such as have nothing to do with it.
        const finite = rows.map((row) => row.map((v) => (Math.abs(v) < 300 ? scale * v : -scale)));
        const given = { ...shape, rows: finite };
        const [gains, divergences] = measured(compiled, given, single);
        const [sameGains, sameDivergences] = measured(loops, given, single);
        expect(gains).toEqual(sameGains);
        expect(divergences).toEqual(sameDivergences);
        const { runs, width, weights } = given;
        const [x, y, z] = finite;
        for (let r = 0; r < runs; r++) {
          const own = (values: readonly number[]): number[] => values.slice(r * width, (r + 1) * width);
          const payoffs = single ? y.slice(0, width) : own(y);
          const [log] = normalised([own(x)]);
          const [reference] = normalised([z.slice(0, width)]);
          const weight = Math.abs(weights[0]) + (single ? 0 : r);
          const [response] = normalised([reference.map((v, a) => v + weight * payoffs[a])]);
          const divergence = klDivergence(Float64Array.from(log), Float64Array.from(response), 0, 0, width);
          expect(Math.abs(divergences[r] - divergence)).toBeLessThan(1e-12 * Math.max(1, divergence));
          const gain = bestResponseGain(log.map(Math.exp), payoffs);
          expect(Math.abs(gains[r] - gain)).toBeLessThan(1e-12 * Math.max(1, gain));
        }
      }),
    );
  });

  it('keeps −∞ and NaN apart: an action left out costs nothing, one that no response plays costs everything', () => {
    const kept = [compiled, loops].map((ops) => {
      const out = reachable(3);
      const [none, half] = [-Infinity, Math.log(0.5)];
      const log = ops.tensor([none, half, half, none, half, half, none, half, half], [3, 3]);
      const payoffs = ops.tensor([1, 0, 0, 0, -Infinity, 0, 0, Number.NaN, 0], [3, 3]);
      const reference = ops.fill([1, 3], Math.log(1 / 3));
      const weights = reachable(1);
      weights.data[0] = 1;
      responseDivergences(log, ops.exp(log), payoffs, reference, weights, reachable(6), out);
      return Array.from(out.data);
    });
    expect(kept[0]).toEqual(kept[1]);
    expect(kept[0][0]).toBeCloseTo(Math.log(0.5) + Math.log(2 + Math.E), 14);
    expect(kept[0].slice(1)).toEqual([Infinity, Number.NaN]);
  });
});

describe('exponential', () => {
  const ulps = (a: number, b: number): number => {
    const [x, y] = new BigInt64Array(Float64Array.of(a, b).buffer);
    return Number(x > y ? x - y : y - x);
  };

  it('is within 2 units in the last place of Math.exp, exact at 0, and right at the ends', () => {
    fc.assert(
      fc.property(fc.double({ min: -750, max: 710, noNaN: true }), (x) => {
        expect(ulps(exponential(x), Math.exp(x))).toBeLessThanOrEqual(2);
      }),
      { numRuns: 5000 },
    );
    expect([0, -0, -Infinity, Infinity, -745, 709.7].map(exponential)).toEqual(
      [0, -0, -Infinity, Infinity, -745, 709.7].map(Math.exp),
    );
    expect(exponential(Number.NaN)).toBeNaN();
  });

  it('without 1 + x keeps its digits where the difference would lose them', () => {
    // Σ_{k ≥ 2} x^k/k!, smallest terms first.
    const series = (x: number): number => {
      const terms = [x * x * 0.5];
      for (let k = 3; k < 40; k++) terms.push((terms[terms.length - 1] * x) / k);
      return terms.reverse().reduce((sum, term) => sum + term, 0);
    };
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true, noDefaultInfinity: true }), (x) => {
        fc.pre(Math.abs(x) > 1e-150);
        expect(Math.abs(exponentialExcess(x) / series(x) - 1)).toBeLessThan(Math.abs(x) < 0.34 ? 2e-15 : 1e-14);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the kernels’ memory', () => {
  it('gives a released block out again, also for another length of its size, and leaves views alone when it grows', () => {
    const memory = arena() as NonNullable<ReturnType<typeof arena>>;
    const first = memory.allocate(1001) as NonNullable<ReturnType<typeof memory.allocate>>;
    first.data.fill(7);
    memory.free(first);
    const second = memory.allocate(990) as typeof first;
    expect(second.at).toBe(first.at);
    second.data.fill(3);
    const grown = memory.allocate(3_000_000) as typeof first;
    expect(second.data.every((v) => v === 3)).toBe(true);
    memory.free(grown);
    memory.free(second);
  });

  it('gives no block out twice', () => {
    const memory = arena() as NonNullable<ReturnType<typeof arena>>;
    const blocks = Array.from({ length: 50 }, (_, k) => memory.allocate(1 + k) as { data: Float64Array; at: number });
    const ends = blocks.map(({ at, data }) => [at, at + 8 * data.length]).sort(([a], [b]) => a - b);
    for (let k = 1; k < ends.length; k++) expect(ends[k][0]).toBeGreaterThanOrEqual(ends[k - 1][1]);
    for (const block of blocks) {
      memory.free(block);
      memory.free(block);
    }
    const again = [memory.allocate(7), memory.allocate(7)];
    expect(again[0]?.at).not.toBe(again[1]?.at);
  });
});
