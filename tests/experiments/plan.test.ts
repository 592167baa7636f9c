import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellId } from '../../experiments/cell-id.ts';
import type { ExpandedCell } from '../../experiments/expand.ts';
import { planBatches } from '../../experiments/plan-batches.ts';
import { planWork } from '../../experiments/plan-work.ts';
import type { Cell } from '../../experiments/stored.ts';
import { parseBytes } from '../../src/core/bytes.ts';
import { canonicalJson } from '../../src/core/canonical.ts';
import type { GameSize } from '../../src/solve/memory.ts';

const hashes = ['a', 'b'].map((letter) => letter.repeat(64));
const sizes: Readonly<Record<string, GameSize>> = {
  [hashes[0]]: { actions: [5], bytes: 200 },
  [hashes[1]]: { actions: [40, 300], bytes: 192_000 },
};

const cell: fc.Arbitrary<Cell> = fc.record({
  game: fc.constantFrom(...hashes).map((hash) => ({ name: hash.slice(0, 1), hash })),
  solver: fc.oneof(
    fc.record({
      name: fc.constant('mirror-descent'),
      params: fc.record({
        stepSize: fc.constantFrom<number | string>(0.1, 0.2, '1/(t+1)'),
        form: fc.constantFrom('explicit', 'proximal'),
      }),
    }),
    fc.constant({ name: 'exact', params: {} }),
  ),
  temperature: fc.constantFrom(0, 0.1, 0.5),
  reference: fc.constant('uniform' as const),
  start: fc.constant('random' as const),
  seed: fc.nat(9).map(String),
  steps: fc.constantFrom(10, 100_000),
  tolerance: fc.constantFrom(0, 1e-9),
  iterate: fc.constantFrom('last' as const, 'average' as const),
  metrics: fc.constantFrom<readonly string[]>([], ['duality-gap']),
  given: fc.constant({ params: {} }),
});
/** Linear programs, at temperature 0, take more memory than all the rest and would leave the limits without effect. */
const light = (found: Cell): Cell =>
  found.solver.name === 'exact' ? { ...found, temperature: Math.max(0.1, found.temperature) } : found;
const cells: fc.Arbitrary<ExpandedCell[]> = fc.uniqueArray(
  cell.map(light).map((found) => ({ id: cellId(found), cell: found })),
  { selector: ({ id }) => id, maxLength: 200, size: 'max' },
);

/** What the cells of one batch must have in common. */
function common({
  game,
  solver: { name, params },
  temperature,
  seed: _s,
  start: _t,
  reference: _r,
  ...rest
}: Cell): string {
  const { stepSize: _own, ...others } = params;
  return canonicalJson({ ...rest, game, name, others, regularised: temperature > 0 });
}

const limits = fc.record({ workers: fc.integer({ min: 1, max: 8 }), bytes: fc.constantFrom(4e7, 1e8, 1e10) });

describe('planBatches', () => {
  it('puts each cell in exactly one batch, with cells of its kind alone, within the memory limit', () => {
    fc.assert(
      fc.property(cells, limits, (given, limit) => {
        const batches = planBatches(given, sizes, limit);
        const ids = batches.flatMap((batch) => batch.cells.map(({ id }) => id));
        expect([...ids].sort()).toEqual(given.map(({ id }) => id).sort());
        for (const batch of batches) {
          expect(batch.bytes).toBeLessThanOrEqual(limit.bytes);
          expect(new Set(batch.cells.map((entry) => common(entry.cell))).size).toBe(1);
        }
      }),
    );
  });

  it('gives the same plan for the same cells', () => {
    fc.assert(
      fc.property(cells, limits, (given, limit) => {
        const plan = planBatches(given, sizes, limit);
        expect(planBatches(structuredClone(given), sizes, limit)).toEqual(plan);
      }),
    );
  });

  const sweep = (seeds: number, steps: number): ExpandedCell[] =>
    Array.from({ length: seeds }, (_, seed) => {
      const [found] = fc.sample(cell, { numRuns: 1, seed: 1 });
      const solver = { name: 'extragradient', params: { stepSize: 0.1 } };
      const game = { name: 'a', hash: hashes[0] };
      const own: Cell = { ...found, game, solver, steps, seed: String(seed) };
      return { id: cellId(own), cell: own };
    });

  it('cuts enough batches for all workers, and does not cut what is short', () => {
    const long = sweep(64, 100_000);
    expect(planBatches(long, sizes, { workers: 1, bytes: 1e9 }).length).toBeLessThan(16);
    expect(planBatches(long, sizes, { workers: 8, bytes: 1e9 }).length).toBeGreaterThanOrEqual(16);
    expect(planBatches(sweep(64, 100), sizes, { workers: 8, bytes: 1e9 })).toHaveLength(1);
  });

  it('cuts batches down to what memory allows, and refuses a cell that does not fit alone', () => {
    const given = sweep(64, 100);
    const [{ bytes }] = planBatches(given, sizes, { workers: 1, bytes: 1e9 });
    const [alone] = planBatches(given.slice(0, 1), sizes, { workers: 1, bytes: 1e9 });
    const cut = planBatches(given, sizes, { workers: 1, bytes: (3 * alone.bytes + bytes) / 4 });
    expect(cut.length).toBeGreaterThanOrEqual(4);
    expect(() => planBatches(given, sizes, { workers: 1, bytes: 1000 })).toThrow(/"a · extragradient .* alone/);
  });

  /** 3,000 actions: a matrix, and blocks that are made at every evaluation for all runs of a batch. */
  const blocks: Readonly<Record<string, GameSize>> = {
    [hashes[0]]: { actions: [3000], bytes: 4e5, work: { perRun: 2.25e6, shared: 9e7 } },
    [hashes[1]]: { actions: [3000], bytes: 7.2e7 },
  };
  const seeds = (count: number, steps: number, game: number): ExpandedCell[] =>
    sweep(count, steps).map(({ cell: own }) => {
      const moved = { ...own, game: { name: 'ab'[game], hash: hashes[game] } };
      return { id: cellId(moved), cell: moved };
    });

  it('lets runs ride together where the work of a batch is shared: in one batch per worker, if there is no other', () => {
    const plan = (cells: readonly ExpandedCell[], workers: number, bytes = 1e9) =>
      planBatches(cells, blocks, { workers, bytes });
    const eight = seeds(8, 20, 0);
    const [alone] = plan(eight.slice(0, 1), 1);
    const [together, ...others] = plan(eight, 1);
    expect(others).toEqual([]);
    expect(together.seconds).toBeGreaterThan(alone.seconds);
    expect(together.seconds).toBeLessThan(1.5 * alone.seconds);
    expect(plan(eight, 2).map((batch) => batch.cells.length)).toEqual([4, 4]);
    expect(plan([...eight, ...seeds(8, 30, 0)], 2).map((batch) => batch.cells.length)).toEqual([8, 8]);
    expect(plan(seeds(8, 20, 1), 1)).toHaveLength(8);
    expect(plan(eight, 1, (alone.bytes + together.bytes) / 2).length).toBeGreaterThan(1);
    for (const { seconds } of plan(seeds(200, 20, 0), 1)) expect(seconds).toBeLessThanOrEqual(2 * alone.seconds);
  });

  it('starts no threads of its own accord for what one batch does at once', () => {
    const limits = { memory: 1e10, held: 0 };
    const plan = planWork(seeds(8, 200, 0), blocks, limits);
    expect(plan).toMatchObject({ workers: 1, batches: [{ seconds: plan.seconds }] });
    expect(plan.seconds).toBeGreaterThan(5);
    expect(planWork(seeds(8, 200, 0), blocks, { ...limits, workers: 2 })).toMatchObject({ workers: 2 });
  });

  it('takes fewer workers where memory does not reach, and one where there is little to do', () => {
    const given = sweep(64, 100_000);
    const plan = (memory: number, workers?: number) =>
      planWork(given, sizes, { memory, held: 1e8, ...(workers === undefined ? {} : { workers }) });
    expect(plan(1e10, 4)).toMatchObject({ workers: 4 });
    const { total } = plan(1e10, 4).memory;
    const scarce = plan(total - 1e8, 4);
    expect(scarce.workers).toBeLessThan(4);
    expect(scarce.fewerFor).toBe('memory');
    expect(scarce.memory.total).toBeLessThanOrEqual(total - 1e8);
    expect(() => plan(1.2e8, 4)).toThrow(
      /one run at a time takes about .* "a · extragradient .*memory limit of 120 MB/,
    );
    expect(planWork(sweep(3, 100), sizes, { memory: 1e10, held: 0 })).toMatchObject({ workers: 1 });
    expect(planWork(given, sizes, { memory: 1e10, held: 0, workers: 4, mostWorkers: 1 })).toMatchObject({ workers: 1 });
  });
});

describe('sizes', () => {
  it.each([
    ['500MB', 5e8],
    ['8GiB', 2 ** 33],
    ['1.5 kb', 1500],
  ])('%s', (text, bytes) => expect(parseBytes(text)).toBe(bytes));

  it.each(['12', 'much', '-1GB', '0MB', '3 PB'])('refuses %s', (text) =>
    expect(() => parseBytes(text)).toThrow(/unit/),
  );
});
