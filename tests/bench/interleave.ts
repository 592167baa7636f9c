import type { Contender } from './contender.ts';
import type { Spent } from './spent.ts';

export interface Pace {
  readonly rounds: number;
  /** Processor time that one chunk of steps should take, and that each contender runs first, unrecorded. */
  readonly chunkSeconds: number;
  readonly warmSeconds: number;
}

export interface Timing {
  readonly name: string;
  readonly stepsPerChunk: number;
  /** Per step, one entry per round. */
  readonly rounds: readonly Spent[];
}

/** Warms a contender up. @returns the number of steps that fills a chunk. */
async function stepsPerChunk(contender: Contender, { chunkSeconds, warmSeconds }: Pace): Promise<number> {
  let steps = 1;
  let total = 0;
  for (;;) {
    const { processor } = await contender.take(steps);
    total += processor;
    const enough = Math.max(1, Math.round((steps * chunkSeconds) / Math.max(processor, 1e-6)));
    if (total >= warmSeconds) return enough;
    steps = Math.min(enough, 4 * steps);
  }
}

/** Times all contenders on the workload they hold, chunk by chunk in turn: A B C, A B C, … */
export async function interleave(contenders: readonly Contender[], pace: Pace): Promise<Timing[]> {
  const timings: { name: string; stepsPerChunk: number; rounds: Spent[] }[] = [];
  for (const contender of contenders)
    timings.push({ name: contender.name, stepsPerChunk: await stepsPerChunk(contender, pace), rounds: [] });
  for (let round = 0; round < pace.rounds; round++)
    for (const [k, contender] of contenders.entries()) {
      const { stepsPerChunk: steps, rounds } = timings[k];
      const { wall, processor } = await contender.take(steps);
      rounds.push({ wall: wall / steps, processor: processor / steps });
    }
  return timings;
}
