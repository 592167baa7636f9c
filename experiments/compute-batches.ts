import { NashlabError } from '../src/core/errors.ts';
import { cellLabel } from './cell-label.ts';
import type { Crew } from './crew.ts';
import type { Batch } from './plan-batches.ts';
import type { StoredRun } from './stored.ts';

export interface ComputeBatchesOptions {
  readonly signal?: AbortSignal;
  /** Takes the finished runs of a batch as soon as it ends. */
  readonly onRuns: (runs: readonly StoredRun[]) => void;
  /** @param done cells, those of running batches by their share. @param label of the batch begun last. */
  readonly onProgress?: (done: number, label: string) => void;
}

/** After so many lost workers the next one would be lost as well. */
const lossesBorne = 3;

/**
 * Computes batches in their order, as many at a time as the crew has workers. A batch whose worker dies is left open;
 * the others go on, unless three are lost.
 * @returns a `worker-lost` error per lost batch. An error of a cell, or of `onRuns`, is thrown when the batches in
 * flight have ended.
 */
export async function computeBatches(
  crew: Crew,
  batches: readonly Batch[],
  { signal, onRuns, onProgress }: ComputeBatchesOptions,
): Promise<readonly NashlabError[]> {
  const lost: NashlabError[] = [];
  const shares = new Array<number>(crew.workers).fill(0);
  let finished = 0;
  let next = 0;
  let failed = false;
  const lane = async (k: number): Promise<void> => {
    while (next < batches.length && !signal?.aborted && !failed && lost.length < lossesBorne) {
      const batch = batches[next++];
      const label = cellLabel(batch.cells[0].cell);
      const report = (share: number): void => {
        shares[k] = share * batch.cells.length;
        onProgress?.(
          shares.reduce((sum, cells) => sum + cells, finished),
          label,
        );
      };
      report(0);
      try {
        onRuns(await crew.compute(batch, k, report));
      } catch (error) {
        if (!(error instanceof NashlabError && error.code === 'worker-lost')) {
          failed = true;
          throw error;
        }
        lost.push(error);
      }
      shares[k] = 0;
      finished += batch.cells.length;
    }
  };
  const lanes = await Promise.allSettled(shares.map((_, k) => lane(k)));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
  return lost;
}
