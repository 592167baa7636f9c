import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { NashlabError } from '../src/core/errors.ts';
import type { BatchAnswer, BatchTask } from './batch-worker.ts';
import { cellLabel } from './cell-label.ts';
import type { Crew } from './crew.ts';
import type { Batch } from './plan-batches.ts';
import type { StoredGame } from './stored.ts';

export interface WorkerPoolOptions {
  readonly workers: number;
  readonly games: Readonly<Record<string, StoredGame>>;
  readonly signal?: AbortSignal;
  /** Module of the worker threads, another one in tests. */
  readonly file?: string;
}

const fromSources = import.meta.url.endsWith('.ts');
const workerFile = fileURLToPath(new URL(`./batch-worker.${fromSources ? 'ts' : 'js'}`, import.meta.url));

/** How often the main thread looks at the progress of the workers. */
const lookMs = 100;

function lost({ cells }: Batch, cause: unknown): NashlabError {
  const more = cells.length === 1 ? '' : `, with ${cells.length - 1} more cells in its batch`;
  return new NashlabError('worker-lost', {
    what: `a worker died: ${(cause as Error).message}`,
    where: `${cellLabel(cells[0].cell)} (${cells[0].id.slice(0, 12)}${more})`,
    expected: 'fewer --workers, or a lower --memory-limit, which makes batches smaller; finished runs are kept',
    cause,
  });
}

/** A bug as it comes up in this thread, with the stack of the worker as its cause. */
function bugOf({ message, stack = '' }: { readonly message: string; readonly stack: string | undefined }): Error {
  return new Error(message, { cause: Object.assign(new Error(message), { stack }) });
}

/** A crew of threads on the CPU. Each reads a game when it first needs it; only results come back. */
export async function workerPool(options: WorkerPoolOptions): Promise<Crew> {
  const { workers, games, signal, file = workerFile } = options;
  const { Piscina } = await import('piscina').catch((cause: unknown) => {
    throw new NashlabError('backend-missing', {
      what: `several workers need piscina, which does not load: ${(cause as Error).message.split('\n')[0]}`,
      expected: 'npm install piscina, or --workers 1',
      cause,
    });
  });
  const pool = new Piscina<BatchTask, BatchAnswer>({
    filename: file,
    minThreads: workers,
    maxThreads: workers,
    ...(fromSources ? { execArgv: ['--import', `file://${createRequire(import.meta.url).resolve('tsx')}`] } : {}),
  });
  /** A worker that fails where no task can hear of it leaves tasks waiting forever. */
  const broken = new Promise<never>((_, reject) => {
    pool.on('error', reject);
  });
  broken.catch(() => {});
  const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT * (1 + workers));
  const board = new Float64Array(shared);
  const stop = (): void => {
    board[0] = 1;
  };
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  return {
    workers,
    async compute(batch, lane, onShare) {
      const slot = 1 + lane;
      board[slot] = 0;
      const look = setInterval(() => onShare(board[slot]), lookMs);
      const ask = (game?: StoredGame): Promise<BatchAnswer> => {
        const task = { cells: batch.cells, board: shared, slot, ...(game === undefined ? {} : { game }) };
        return Promise.race([pool.run(task), broken]).catch((cause: unknown) => {
          throw lost(batch, cause);
        });
      };
      try {
        const first = await ask();
        const answer = 'needs' in first ? await ask(games[batch.cells[0].cell.game.hash]) : first;
        if ('runs' in answer) return answer.runs;
        if ('code' in answer) throw new NashlabError(answer.code, answer.parts);
        if ('bug' in answer) throw bugOf(answer.bug);
        throw new Error('a worker asked twice for a game');
      } finally {
        clearInterval(look);
      }
    },
    async close() {
      signal?.removeEventListener('abort', stop);
      await pool.destroy();
    },
  };
}
