import { totalmem } from 'node:os';
import { formatBytes } from '../core/bytes.ts';
import { NashlabError } from '../core/errors.ts';
import { metrics } from '../metrics/catalogue.ts';
import { checksUntil } from './check-grid.ts';
import { equilibriumLimit } from './equilibrium.ts';
import { type EvaluationWork, type Game, isMatrixGame } from './game.ts';

/** What the memory and the time of a game depend on. */
export interface GameSize {
  /** Actions per role. */
  readonly actions: readonly number[];
  /** Numbers the game holds, in bytes. */
  readonly bytes: number;
  /** Of one payoff evaluation; a multiply-add for each number where absent. */
  readonly work?: EvaluationWork;
}

export function gameSize(game: Game): GameSize {
  const { actions, work } = game;
  if (isMatrixGame(game))
    return { actions, bytes: game.matrices.reduce((sum, { values }) => sum + values.byteLength, 0) };
  return { actions, bytes: game.bytes ?? 0, ...(work === undefined ? {} : { work }) };
}

/** Actions of all roles together. */
export function totalActions({ actions }: Pick<GameSize, 'actions'>): number {
  return actions.reduce((sum, count) => sum + count, 0);
}

/** A batch as far as its memory goes. */
export interface BatchSize {
  readonly runs: number;
  /** Step limit. */
  readonly steps: number;
  /** Metrics recorded at each check, of the last and the average iterate together. */
  readonly columns: number;
}

/** Columns where no metrics are chosen. */
export const everyColumn = 2 * Object.keys(metrics).length;

const wordBytes = 8;

/**
 * Arrays of one number per action that a run holds at its largest: state, average, references and starts, what a step
 * leaves behind until it is swept, the iterates kept as answers, and their copies for the record.
 */
const arraysPerRun = 64;

/** A game lies in memory as its document, as its rows, as its matrix, placed for the solver and placed for the metrics. */
const copiesOfGame = 5;
/** Those that are still to come once the game has been read. */
const copiesPlaced = 2;

/** What the collector lets grow before it collects. */
export const garbageBytes = 24e6;

/** Dense matrices of the size of the game that Newton's method holds at once. */
const newtonMatrices = 8;

/** Bytes of the curves of one run: as they are recorded, as lists when they are handed on, and written as text. */
export function historyBytes({ steps, columns }: Pick<BatchSize, 'steps' | 'columns'>, size: GameSize): number {
  const path = size.actions.every((count) => count <= 3) ? 2 * size.actions.length * 16 : 0;
  return checksUntil(steps) * (columns + 3 + path) * wordBytes * 3;
}

/**
 * Bytes that solving a batch takes at its largest, beyond the process itself. An estimate to plan by: between
 * 0.7 and 3 times the growth of resident memory, where that is more than 20 MB (tests/experiments/memory.test.ts).
 */
export function batchBytes(batch: BatchSize, size: GameSize, copies = copiesOfGame): number {
  const width = totalActions(size);
  const newton = width <= equilibriumLimit ? newtonMatrices * width ** 2 * wordBytes : 0;
  const perRun = width * wordBytes * arraysPerRun + historyBytes(batch, size);
  return garbageBytes + copies * size.bytes + newton + batch.runs * perRun;
}

/**
 * Checks that solving a batch of a game that has been read fits. Throws `too-large`.
 * @param limit in bytes, for everything this process holds.
 */
export function requireMemory(batch: BatchSize, game: Game, limit: number): void {
  const held = process.memoryUsage().rss;
  const needed = held + batchBytes(batch, gameSize(game), copiesPlaced);
  if (needed <= limit) return;
  throw new NashlabError('too-large', {
    what: `solving "${game.name}" takes about ${formatBytes(needed)}, ${formatBytes(held)} of it for nashlab and the game`,
    where: `a memory limit of ${formatBytes(limit)}`,
    expected: 'a higher --memory-limit, or a smaller game',
  });
}

/** Three quarters of what this process may use: the machine's memory, or its container's. */
export function defaultMemoryLimit(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  const machine = totalmem();
  return 0.75 * (constrained > 0 && constrained < machine ? constrained : machine);
}
