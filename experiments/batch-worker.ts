import { type ErrorCode, type ErrorParts, NashlabError } from '../src/core/errors.ts';
import { cpuBackend } from '../src/numerics/cpu/backend.ts';
import { computeNamed } from './compute.ts';
import type { ExpandedCell } from './expand.ts';
import type { StoredGame, StoredRun } from './stored.ts';
import { storedGames } from './stored-games.ts';

/** What a worker is asked: to compute a batch. */
export interface BatchTask {
  readonly cells: readonly ExpandedCell[];
  /** Absent at first: a worker that has not read this game asks for it. */
  readonly game?: StoredGame;
  /** Shared float64s: 1 at 0 says stop; the share of this batch that is done goes to `slot`. */
  readonly board: SharedArrayBuffer;
  readonly slot: number;
}

/** Errors lose their class on the way between threads, so they travel as parts; a `bug` is no error of nashlab's. */
export type BatchAnswer =
  | { readonly runs: readonly StoredRun[] }
  | { readonly needs: 'game' }
  | { readonly code: ErrorCode; readonly parts: ErrorParts }
  | { readonly bug: { readonly message: string; readonly stack: string | undefined } };

const games = storedGames();
const place = cpuBackend();

function failure(error: unknown): BatchAnswer {
  if (error instanceof NashlabError) {
    const { cause: _cause, ...parts } = error.parts;
    return { code: error.code, parts };
  }
  const { message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  return { bug: { message, stack: cause instanceof Error ? cause.stack : stack } };
}

/** The body of a worker thread, which computes on the CPU. */
export default async function answer(task: BatchTask): Promise<BatchAnswer> {
  const { hash, name } = task.cells[0].cell.game;
  if (task.game === undefined && !games.has(hash)) return { needs: 'game' };
  const board = new Float64Array(task.board);
  const signal = {
    get aborted() {
      return board[0] === 1;
    },
  };
  const onProgress = (share: number): void => {
    board[task.slot] = share;
  };
  try {
    const game = games.game(hash, task.game, name);
    return { runs: await computeNamed(place, task.cells, game, { signal, onProgress }) };
  } catch (error) {
    return failure(error);
  }
}
