import { formatBytes } from '../src/core/bytes.ts';
import { canonicalJson } from '../src/core/canonical.ts';
import { NashlabError } from '../src/core/errors.ts';
import { type GameSize, totalActions } from '../src/solve/memory.ts';
import { type BatchSeconds, batchSeconds, cellsBytes } from './batch-cost.ts';
import { cellLabel } from './cell-label.ts';
import type { ExpandedCell } from './expand.ts';
import type { Cell } from './stored.ts';

/** Cells that are solved together: they differ in seed, start, reference, temperature or step size alone. */
export interface Batch {
  readonly cells: readonly ExpandedCell[];
  /** Estimated memory, and time on one worker. */
  readonly bytes: number;
  readonly seconds: number;
}

export interface BatchLimits {
  readonly workers: number;
  /** What one batch may take, in bytes. */
  readonly bytes: number;
}

/** A batch in flight is lost when the process is killed: this much work at most, unless one cell is longer. */
const secondsAtRisk = 2;

/** Batches per worker that even out different lengths. */
const batchesPerWorker = 4;

/** Less work than this is not worth a batch of its own. */
const leastSeconds = 0.05;

/** Policy entries of a batch; beyond, its arrays leave the fast caches and nothing is gained but shared work. */
const entriesPerBatch = 4096;

function secondsOf({ shared, perRun }: BatchSeconds, runs: number): number {
  return shared + runs * perRun;
}

/** Equal for cells that can share a batch. */
function groupKey({
  game,
  solver,
  steps,
  tolerance,
  iterate,
  metrics,
  temperature,
  roleTemperatures,
  population,
  dynamics,
}: Cell): string {
  const { stepSize: _own, ...params } = solver.params;
  return canonicalJson([
    game.hash,
    solver.name,
    params,
    steps,
    tolerance,
    iterate,
    metrics,
    temperature > 0,
    roleTemperatures,
    population,
    dynamics,
  ]);
}

/** Runs of one temperature and step size converge together: they are kept side by side. */
function alike(a: ExpandedCell, b: ExpandedCell): number {
  if (a.cell.temperature !== b.cell.temperature) return a.cell.temperature - b.cell.temperature;
  const [first, second] = [a, b].map(({ cell }) => String(cell.solver.params.stepSize));
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Cells that can share a batch, and what that costs. */
interface Group {
  readonly cells: ExpandedCell[];
  readonly size: GameSize;
  readonly cost: BatchSeconds;
}

/**
 * Largest number of cells of a group that one batch may hold. Where most of a run's time is shared work (row blocks that are
 * made or read), its mates ride nearly for nothing: then a batch may take up to twice as long as one run alone.
 * @param seconds that a batch may take. @param parts that the group should come in at least, for all workers to have one.
 */
function most(
  { cells, size, cost: { shared, perRun } }: Group,
  limits: BatchLimits,
  seconds: number,
  parts: number,
): number {
  const [{ cell }] = cells;
  const width = totalActions(size);
  const one = cellsBytes([cell], size);
  if (one > limits.bytes)
    throw new NashlabError('too-large', {
      what: `"${cellLabel(cell)}" takes about ${formatBytes(one)} alone`,
      where: `a memory limit that leaves ${formatBytes(limits.bytes)} for a batch`,
      expected: 'a higher --memory-limit, fewer --workers, or a smaller game',
    });
  const more = cellsBytes([cell, cell], size) - one;
  const byMemory = 1 + Math.floor((limits.bytes - one) / more);
  const byTime = Math.floor(Math.max(seconds - shared, shared + perRun) / perRun);
  const byCache = shared > perRun ? Math.ceil(cells.length / parts) : Math.floor(entriesPerBatch / width);
  return Math.max(1, Math.min(byMemory, byTime, byCache));
}

/**
 * Groups cells into batches within the limits; every cell is in exactly one. Batches come in the order of their first
 * cells, those of a game beside each other.
 * @param sizes of the games, by hash. Throws `too-large` where a cell exceeds the memory limit on its own.
 */
export function planBatches(
  cells: readonly ExpandedCell[],
  sizes: Readonly<Record<string, GameSize>>,
  limits: BatchLimits,
): readonly Batch[] {
  const groups = new Map<string, Group>();
  for (const entry of cells) {
    const key = groupKey(entry.cell);
    const group = groups.get(key);
    const size = sizes[entry.cell.game.hash];
    if (group === undefined) groups.set(key, { cells: [entry], size, cost: batchSeconds(entry.cell, size) });
    else group.cells.push(entry);
  }
  const total = [...groups.values()].reduce((sum, group) => sum + secondsOf(group.cost, group.cells.length), 0);
  const share = limits.workers === 1 ? Infinity : total / (limits.workers * batchesPerWorker);
  const seconds = Math.max(leastSeconds, Math.min(secondsAtRisk, share));
  return [...groups.values()].flatMap((group) => {
    const parts = Math.ceil(limits.workers / groups.size);
    const count = Math.ceil(group.cells.length / most(group, limits, seconds, parts));
    const sorted = group.cells.toSorted(alike);
    return Array.from({ length: count }, (_, part): Batch => {
      const [from, to] = [part, part + 1].map((k) => Math.floor((k * sorted.length) / count));
      const own = sorted.slice(from, to);
      const bytes = cellsBytes(
        own.map(({ cell }) => cell),
        group.size,
      );
      return { cells: own, bytes, seconds: secondsOf(group.cost, own.length) };
    });
  });
}
