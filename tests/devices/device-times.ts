import { freemem } from 'node:os';
import { interleave, type Pace, type Timing } from '../bench/interleave.ts';
import { median, short } from '../bench/statistics.ts';
import { type Workload, workload } from '../bench/workload.ts';
import { type Candidate, reasonOf } from './backends.ts';
import { type Placed, place } from './placed.ts';

/** What one backend made of one size. */
export type DeviceTimes = { readonly size: number; readonly runs: number; readonly backend: string } & (
  | { readonly leftOut: string }
  | {
      /** Extragradient, two payoff evaluations a step; wall time, median and least over the rounds. */
      readonly microsecondsPerStep: number;
      readonly leastMicroseconds: number;
      /** Payoffs of all runs alone: 2·K²·B operations, and the bytes of the matrix. */
      readonly gflops: number;
      readonly GBs: number;
      /** Largest total variation from the CPU's policies after three steps, over the runs. */
      readonly difference: number;
    }
);

export interface Plan {
  readonly sizes: readonly number[];
  readonly runs: readonly number[];
  readonly seconds: number;
  readonly memoryBytes: number;
  readonly pace: Pace;
}

export interface PlanChoices {
  readonly sizes?: readonly number[] | undefined;
  readonly runs?: readonly number[] | undefined;
  readonly seconds?: number | undefined;
  readonly memoryBytes?: number | undefined;
}

export function plan(quick: boolean, { sizes, runs, seconds, memoryBytes = freemem() }: PlanChoices = {}): Plan {
  return {
    sizes: sizes ?? (quick ? [100, 300] : [100, 300, 1000, 4096, 16384]),
    runs: runs ?? (quick ? [1, 64] : [1, 64, 1024]),
    seconds: seconds ?? (quick ? 60 : 240),
    memoryBytes,
    pace: {
      rounds: quick ? 5 : 9,
      chunkSeconds: quick ? 0.02 : 0.1,
      warmSeconds: quick ? 0.02 : 0.2,
      limitSeconds: quick ? 2 : 10,
    },
  };
}

/** Bytes that a size takes with that many backends at once: the matrix on the host, theirs, and what a step makes. */
export function bytesOf(size: number, runs: number, backends: number): number {
  return 8 * size * size * (2 + backends) + 8 * size * runs * 20 * backends;
}

/** Largest total variation between two sets of log-probabilities `[B, K]`, over the runs. */
function difference(a: Float64Array, b: Float64Array, size: number): number {
  let largest = 0;
  for (let from = 0; from < a.length; from += size) {
    let total = 0;
    for (let i = from; i < from + size; i++) total += Math.abs(Math.exp(a[i]) - Math.exp(b[i]));
    largest = Math.max(largest, total / 2);
  }
  return largest;
}

interface Running extends Candidate {
  readonly bytesPerEntry: number;
  /** Seconds of the last step of a smaller size, and that size's work. */
  pace?: { readonly seconds: number; readonly work: number };
}

const secondsOf = (timing: Timing): number[] => timing.rounds.map(({ wall }) => wall);

/** Times the payoffs or the steps of all that are placed, in turn; the clock on the wall counts, since devices work on their own. */
function inTurn(placed: ReadonlyMap<Running, Placed>, kind: 'step' | 'product', pace: Pace): Promise<Timing[]> {
  const nothing = async (): Promise<void> => undefined;
  return interleave(
    [...placed].map(([{ name }, one]) => ({
      name,
      place: nothing,
      clear: nothing,
      policy: one.policy,
      take: async (count: number) => {
        try {
          const wall = await one[kind](count);
          return { wall, processor: wall };
        } catch (error) {
          throw new Error(`${name} stopped: ${reasonOf(name, error)}`, { cause: error });
        }
      },
    })),
    pace,
    1,
  );
}

async function timesOf(work: Workload, running: readonly Running[], pace: Pace): Promise<DeviceTimes[]> {
  const { size, runs } = work;
  const placed = new Map<Running, Placed>();
  const results: DeviceTimes[] = [];
  const differences = new Map<Running, number>();
  try {
    let expected: Float64Array | undefined;
    for (const one of running) {
      try {
        const here = await place(await one.open(), work);
        placed.set(one, here);
        const seconds = await here.step(3);
        one.pace = { seconds: seconds / 3, work: size * size * runs };
        const policy = await here.policy();
        // The first is the CPU.
        expected ??= policy;
        differences.set(one, difference(policy, expected, size));
      } catch (error) {
        await placed.get(one)?.close();
        placed.delete(one);
        results.push({ size, runs, backend: one.name, leftOut: reasonOf(one.name, error) });
      }
    }
    const steps = await inTurn(placed, 'step', pace);
    const products = await inTurn(placed, 'product', pace);
    [...placed].forEach(([one], k) => {
      const product = median(secondsOf(products[k]));
      const step = median(secondsOf(steps[k]));
      one.pace = { seconds: step, work: size * size * runs };
      results.push({
        size,
        runs,
        backend: one.name,
        microsecondsPerStep: short(1e6 * step),
        leastMicroseconds: short(1e6 * Math.min(...secondsOf(steps[k]))),
        gflops: short((2e-9 * size * size * runs) / product),
        GBs: short((1e-9 * one.bytesPerEntry * size * size) / product),
        difference: short(differences.get(one) ?? Number.NaN),
      });
    });
  } finally {
    for (const one of placed.values()) await one.close();
    globalThis.gc?.();
  }
  return results;
}

/** Times every backend on every size that memory and time allow, the small ones first; the rest is named. */
export async function deviceTimes(
  backends: readonly (Candidate & { readonly bytesPerEntry: number })[],
  { sizes, runs: counts, seconds, memoryBytes, pace }: Plan,
  note: (line: string) => void,
): Promise<DeviceTimes[]> {
  const running: Running[] = backends.map((backend) => ({ ...backend }));
  const shapes = sizes.flatMap((size) => counts.map((runs) => ({ size, runs, work: size * size * runs })));
  const until = performance.now() + 1000 * seconds;
  const results: DeviceTimes[] = [];
  for (const { size, runs, work } of shapes.sort((a, b) => a.work - b.work)) {
    const left = (until - performance.now()) / 1000;
    const tooSlow = (one: Running): string | undefined => {
      if (left <= 0) return 'no time left';
      // Three steps, then five rounds and their warm-up of steps and of products.
      const asked = one.pace === undefined ? 0 : 20 * one.pace.seconds * Math.max(1, work / one.pace.work);
      return asked > left / 2 ? `it would take ${Math.ceil(asked)} s` : undefined;
    };
    const quickEnough = running.filter((one) => tooSlow(one) === undefined);
    const needed = bytesOf(size, runs, quickEnough.length);
    const fitting = needed <= memoryBytes ? quickEnough : [];
    const gib = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);
    const tooLarge = `it takes ${gib(needed)} GiB of memory; ${gib(memoryBytes)} may be used`;
    for (const one of running)
      if (!fitting.includes(one)) results.push({ size, runs, backend: one.name, leftOut: tooSlow(one) ?? tooLarge });
    if (fitting.length === 0) continue;
    note(`timing K = ${size}, B = ${runs} on ${fitting.map(({ name }) => name).join(', ')}`);
    const game = workload({ solver: 'extragradient', size, runs, matrices: 'shared' }, '1');
    try {
      results.push(...(await timesOf(game, fitting, pace)));
    } catch (error) {
      // One backend that goes down takes this size from all of them, and nothing else.
      const leftOut = (error as Error).message;
      note(leftOut);
      results.push(...fitting.map(({ name }) => ({ size, runs, backend: name, leftOut })));
    }
  }
  return results;
}
