import { InvalidArgumentError } from 'commander';
import type { WorkPlan } from '../../experiments/plan-work.ts';
import { counted } from '../../games/counted.ts';
import { formatBytes, parseBytes } from '../core/bytes.ts';
import { NashlabError } from '../core/errors.ts';

/** A size on the command line, in bytes. */
export function memorySize(text: string): number {
  try {
    return parseBytes(text);
  } catch (error) {
    if (error instanceof NashlabError) throw new InvalidArgumentError(`expected ${error.parts.expected}`);
    throw error;
  }
}

/** What is about to be run and what it takes, in one line. */
export function planText({ batches, workers, fewerFor, memory, seconds }: WorkPlan): string {
  const cells = batches.reduce((sum, batch) => sum + batch.cells.length, 0);
  const parts = [
    `${formatBytes(memory.process)} for nashlab and the games`,
    ...(memory.workers === 0 ? [] : [`${formatBytes(memory.workers)} for threads`]),
    `${formatBytes(memory.batches)} for batches`,
    `${formatBytes(memory.runs)} for finished runs`,
  ];
  const time = seconds < 1 ? 'under a second' : `at most about ${counted(Math.ceil(seconds), 'second')}`;
  const why = fewerFor === undefined ? '' : `, for want of ${fewerFor}`;
  return [
    `${counted(cells, 'run')} in ${counted(batches.length, 'batch', 'batches')} on ${counted(workers, 'worker')}${why} (${time} on one)`,
    `memory: about ${formatBytes(memory.total)} of ${formatBytes(memory.limit)} (${parts.join(', ')})`,
  ].join('; ');
}
