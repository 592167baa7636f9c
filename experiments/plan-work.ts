import { availableParallelism } from 'node:os';
import { formatBytes } from '../src/core/bytes.ts';
import { NashlabError } from '../src/core/errors.ts';
import type { Backend } from '../src/numerics/backend.ts';
import { defaultMemoryLimit, type GameSize, garbageBytes } from '../src/solve/memory.ts';
import { worksInWorkers } from './batch-backend.ts';
import { cellsBytes, storedBytes } from './batch-cost.ts';
import { cellLabel } from './cell-label.ts';
import type { ExpandedCell } from './expand.ts';
import { type Batch, planBatches } from './plan-batches.ts';

/** What is about to be run: the batches, on how many workers, and what that takes. */
export interface WorkPlan {
  readonly batches: readonly Batch[];
  readonly workers: number;
  /** Why there are fewer workers than were asked for, or than the machine has cores. */
  readonly fewerFor?: 'memory' | 'batches';
  /** Estimated bytes, in the parts that a user can do something about. */
  readonly memory: {
    /** The process as it is, its games included. */
    readonly process: number;
    readonly workers: number;
    /** The largest batches that may be in flight together. */
    readonly batches: number;
    /** Finished runs, as the report reads them. */
    readonly runs: number;
    readonly total: number;
    readonly limit: number;
  };
  /** Estimated seconds on one worker, for runs that use up their budgets. */
  readonly seconds: number;
}

/** What a caller may say about the work. */
export interface WorkOptions {
  /** Batches at a time; by default as many as the machine has cores, fewer where there is too little work. */
  readonly workers?: number;
  /** Bytes that everything together may take; three quarters of the machine's by default. */
  readonly memoryLimit?: number;
}

export interface WorkLimits {
  readonly workers?: number;
  /** Largest number of workers that can be had; 1 where the backend has one owner. */
  readonly mostWorkers?: number;
  /** Bytes for everything, and what the process holds already. */
  readonly memory: number;
  readonly held: number;
}

/**
 * The limits of this machine and place to compute.
 * @throws `bad-option` for what is no number of workers or bytes.
 */
export function workLimits(place: Backend, { workers, memoryLimit }: WorkOptions): WorkLimits {
  if (workers !== undefined && !(Number.isInteger(workers) && workers >= 1))
    throw new NashlabError('bad-option', { what: `workers: ${workers}`, expected: 'a whole number of at least 1' });
  if (memoryLimit !== undefined && !(Number.isFinite(memoryLimit) && memoryLimit > 0))
    throw new NashlabError('bad-option', {
      what: `memoryLimit: ${memoryLimit}`,
      expected: 'a number of bytes above 0',
    });
  return {
    ...(workers === undefined ? {} : { workers }),
    ...(worksInWorkers(place) ? {} : { mostWorkers: 1 }),
    memory: memoryLimit ?? defaultMemoryLimit(),
    held: process.memoryUsage().rss,
  };
}

/** A thread with nashlab loaded, before it has computed anything. */
const threadBytes = 70e6;

/** Work below this ends before threads have started. */
const secondsWorthThreads = 5;

function secondsOf(batches: readonly Batch[]): number {
  return batches.reduce((sum, batch) => sum + batch.seconds, 0);
}

function largest(batches: readonly Batch[], count: number): number {
  return batches
    .map(({ bytes }) => bytes)
    .sort((a, b) => b - a)
    .slice(0, count)
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** What one worker with one cell at a time would take. */
function tooLarge(
  cells: readonly ExpandedCell[],
  sizes: Readonly<Record<string, GameSize>>,
  { held, memory }: WorkLimits,
  runs: number,
): NashlabError {
  const single = cells.map(({ cell }) => ({ cell, bytes: cellsBytes([cell], sizes[cell.game.hash]) }));
  const worst = single.reduce((most, one) => (one.bytes > most.bytes ? one : most));
  const parts = [
    `${formatBytes(held)} for nashlab and the games`,
    `${formatBytes(worst.bytes)} for "${cellLabel(worst.cell)}"`,
    `${formatBytes(runs)} for finished runs`,
  ];
  return new NashlabError('too-large', {
    what: `one run at a time takes about ${formatBytes(held + worst.bytes + runs)} (${parts.join(', ')})`,
    where: `a memory limit of ${formatBytes(memory)}`,
    expected: 'a higher --memory-limit, or smaller games',
  });
}

/**
 * Cuts cells into batches for as many workers as are asked for and fit into memory.
 * @throws `too-large` where not even one worker with one cell at a time fits.
 */
export function planWork(
  cells: readonly ExpandedCell[],
  sizes: Readonly<Record<string, GameSize>>,
  limits: WorkLimits,
): WorkPlan {
  const together = planBatches(cells, sizes, { workers: 1, bytes: Infinity });
  const runs = garbageBytes + cells.reduce((sum, { cell }) => sum + storedBytes(cell, sizes[cell.game.hash]), 0);
  // Cut for more workers than have a batch of their own, work that runs share would be done several times.
  const worth = secondsOf(together) < secondsWorthThreads ? 1 : Math.min(availableParallelism(), together.length);
  const wanted = Math.max(1, Math.min(limits.workers ?? worth, limits.mostWorkers ?? Infinity, cells.length));
  const room = limits.memory - limits.held - runs;
  for (let count = wanted; ; count--) {
    // A single worker is the main thread itself.
    const threads = count === 1 ? 0 : count * threadBytes;
    try {
      const batches = planBatches(cells, sizes, { workers: count, bytes: Math.max(0, (room - threads) / count) });
      const workers = Math.max(1, Math.min(count, batches.length));
      const own = workers === 1 ? 0 : workers * threadBytes;
      const inFlight = largest(batches, workers);
      const total = limits.held + runs + own + inFlight;
      const memory = { process: limits.held, workers: own, batches: inFlight, runs, total, limit: limits.memory };
      const seconds = secondsOf(batches);
      const fewer = count < wanted ? 'memory' : workers < count ? 'batches' : undefined;
      return { batches, workers, ...(fewer === undefined ? {} : { fewerFor: fewer }), memory, seconds };
    } catch (error) {
      if (!(error instanceof NashlabError && error.code === 'too-large')) throw error;
      if (count === 1) throw tooLarge(cells, sizes, limits, runs);
    }
  }
}
