import type { Backend } from '../src/numerics/backend.ts';
import { computeNamed } from './compute.ts';
import type { Batch } from './plan-batches.ts';
import type { WorkPlan } from './plan-work.ts';
import type { StoredGame, StoredRun } from './stored.ts';
import { storedGames } from './stored-games.ts';
import { workerPool } from './worker-pool.ts';

/** Computes batches, as many at a time as it has workers. */
export interface Crew {
  readonly workers: number;
  /**
   * @param lane which of the workers' places this batch takes, from 0.
   * @param onShare told the share of the batch that is done, now and then.
   * @throws the error of a cell, naming it; `worker-lost` where a worker died.
   */
  compute(batch: Batch, lane: number, onShare: (share: number) => void): Promise<readonly StoredRun[]>;
  close(): Promise<void>;
}

/** One worker: this thread. */
function soloCrew(place: Backend, games: Readonly<Record<string, StoredGame>>, signal: AbortSignal | undefined): Crew {
  const read = storedGames();
  return {
    workers: 1,
    compute({ cells }, _lane, onShare) {
      const { hash, name } = cells[0].cell.game;
      const game = read.game(hash, games[hash], name);
      return computeNamed(place, cells, game, { ...(signal === undefined ? {} : { signal }), onProgress: onShare });
    },
    close: async () => {},
  };
}

export interface CrewOptions {
  readonly signal?: AbortSignal;
  /** Module of the worker threads, where it is not nashlab's own. */
  readonly workerFile?: string;
}

/** The crew that a plan asks for. */
export async function crewFor(
  { workers }: WorkPlan,
  place: Backend,
  games: Readonly<Record<string, StoredGame>>,
  { signal, workerFile }: CrewOptions,
): Promise<Crew> {
  if (workers === 1) return soloCrew(place, games, signal);
  return workerPool({
    workers,
    games,
    ...(signal === undefined ? {} : { signal }),
    ...(workerFile === undefined ? {} : { file: workerFile }),
  });
}
