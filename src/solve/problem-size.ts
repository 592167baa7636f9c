import type { ProblemSize } from '../numerics/choose-backend.ts';
import { type Game, isMatrixGame } from './game.ts';

/** A game's size as the choice of a backend sees it; undefined where neither a matrix nor `work` says it. */
export function problemSize(game: Game, runs: number): ProblemSize | undefined {
  const size = { actions: Math.max(...game.actions), runs };
  if (isMatrixGame(game)) return size;
  if (game.work === undefined) return undefined;
  const { perRun, shared, fromHost } = game.work;
  return { ...size, work: shared + runs * perRun, ...(fromHost === undefined ? {} : { fromHost }) };
}
