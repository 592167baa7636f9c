import type { Contender } from './contender.ts';
import type { Spent } from './spent.ts';

export interface Pace {
  readonly rounds: number;
  /** Processor time that one chunk of steps should take, and that each contender runs first, unrecorded. */
  readonly chunkSeconds: number;
  readonly warmSeconds: number;
  /** Wall time after which no further round begins, once five are done. */
  readonly limitSeconds: number;
  /** Fewest steps of a chunk, where a call has a cost of its own. */
  readonly least?: number;
}

export interface Timing {
  readonly name: string;
  readonly stepsPerChunk: number;
  /** Per step, one entry per round. */
  readonly rounds: readonly Spent[];
}

const fewestRounds = 5;

/** Warms a contender up. @returns the number of steps that fills a chunk. */
async function stepsPerChunk(contender: Contender, pace: Pace): Promise<number> {
  const { chunkSeconds, warmSeconds, least = 1 } = pace;
  let steps = least;
  let total = 0;
  for (;;) {
    const { processor } = await contender.take(steps);
    total += processor;
    const fitting = Math.round((steps * chunkSeconds) / Math.max(processor, 1e-6));
    const enough = Math.max(least, fitting);
    if (total >= warmSeconds) return enough;
    steps = Math.min(enough, 4 * steps);
  }
}

/**
 * Seconds after which a library's second thread has gone to sleep: OpenBLAS has it look for work for 2²⁶ clock ticks after
 * a product, on a core that the next contender needs. And seconds for which Linux may leave both threads of one that has
 * just woken up on one core; in a solve they are the first of many.
 */
const asleepSeconds = 0.05;
const spreadSeconds = 0.1;

/** Gives all cores to the threads of one contender. */
async function takeTurn(contender: Contender, steps: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1000 * asleepSeconds));
  const started = performance.now();
  while (performance.now() - started < 1000 * spreadSeconds) await contender.take(steps);
}

/**
 * Times all contenders on the workload they hold, chunk by chunk in turn: A B C, A B C, …
 * @param threads of each.
 */
export async function interleave(contenders: readonly Contender[], pace: Pace, threads: number): Promise<Timing[]> {
  const timings: { name: string; stepsPerChunk: number; rounds: Spent[] }[] = [];
  for (const contender of contenders)
    timings.push({ name: contender.name, stepsPerChunk: await stepsPerChunk(contender, pace), rounds: [] });
  const started = performance.now();
  for (let round = 0; round < pace.rounds; round++) {
    if (round >= fewestRounds && performance.now() - started > 1000 * pace.limitSeconds) break;
    for (const [k, contender] of contenders.entries()) {
      const { stepsPerChunk: steps, rounds } = timings[k];
      if (threads > 1) await takeTurn(contender, steps);
      const { wall, processor } = await contender.take(steps);
      rounds.push({ wall: wall / steps, processor: processor / steps });
    }
  }
  return timings;
}
