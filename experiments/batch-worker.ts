import { type ErrorCode, type ErrorParts, NashlabError } from '../src/core/errors.ts';
import type { Backend } from '../src/numerics/backend.ts';
import { computeNamed } from './compute.ts';
import type { ExpandedCell } from './expand.ts';
import { experimentBackend } from './experiment-backend.ts';
import type { StoredGame, StoredRun } from './stored.ts';
import { storedGames } from './stored-games.ts';

/** What a worker is asked: to compute a batch. */
export interface BatchTask {
  readonly backend: string;
  readonly cells: readonly ExpandedCell[];
  /** Absent at first: a worker that has not read this game asks for it. */
  readonly game?: StoredGame;
  /** Shared float64s: 1 at 0 says stop; the share of this batch that is done goes to `slot`. */
  readonly board: SharedArrayBuffer;
  readonly slot: number;
}

/** Errors lose their class on the way between threads, so they travel as parts. */
export type BatchAnswer =
  | { readonly runs: readonly StoredRun[] }
  | { readonly needs: 'game' }
  | { readonly code: ErrorCode; readonly parts: ErrorParts };

const games = storedGames();
let opened: { readonly name: string; readonly backend: Promise<Backend> } | undefined;

function backendNamed(name: string): Promise<Backend> {
  if (opened?.name !== name) opened = { name, backend: experimentBackend(name) };
  return opened.backend;
}

/** The body of a worker thread. */
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
    return { runs: await computeNamed(await backendNamed(task.backend), task.cells, game, { signal, onProgress }) };
  } catch (error) {
    if (!(error instanceof NashlabError)) throw error;
    const { cause: _cause, ...parts } = error.parts;
    return { code: error.code, parts };
  }
}
