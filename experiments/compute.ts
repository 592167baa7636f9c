import { population } from '../populations/catalogue.ts';
import { solverNamed } from '../solvers/catalogue.ts';
import { NashlabError, within } from '../src/core/errors.ts';
import type { Backend } from '../src/numerics/backend.ts';
import { breathe } from '../src/solve/breathe.ts';
import { knownEquilibrium } from '../src/solve/equilibrium.ts';
import type { Game } from '../src/solve/game.ts';
import type { SolveOptions } from '../src/solve/options.ts';
import type { RunSolution } from '../src/solve/solution.ts';
import { solve } from '../src/solve/solve.ts';
import { isDirect, regulariserOf } from '../src/solve/solver.ts';
import { onBatchBackend } from './batch-backend.ts';
import { batchInstance, instanceOf } from './cell-instance.ts';
import { cellLabel } from './cell-label.ts';
import type { ExpandedCell } from './expand.ts';
import { provenance } from './provenance.ts';
import type { IterateRecord, StoredRun } from './stored.ts';

export interface ComputeOptions {
  readonly signal?: SolveOptions['signal'];
  /** @param share of the batch that is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

function iterateRecords(run: RunSolution): StoredRun['iterates'] {
  const entries = Object.entries(run.iterates).map(([name, { profile, metrics }]): [string, IterateRecord] => [
    name,
    { profile, metrics },
  ]);
  return Object.fromEntries(entries);
}

function storedRun(
  backend: Backend,
  { id, cell }: ExpandedCell,
  run: RunSolution,
  started: Date,
  wallSeconds: number,
): StoredRun {
  return {
    schema: 'nashlab-run/1',
    id,
    cell,
    provenance: provenance(backend.info),
    result: {
      code: run.result,
      ...(run.reason === undefined ? {} : { reason: run.reason }),
      steps: run.steps,
      oracleCalls: run.oracleCalls,
    },
    iterates: iterateRecords(run),
    ...(run.regulariser === undefined ? {} : { regulariser: run.regulariser }),
    ...(run.guarantee === undefined ? {} : { guarantee: run.guarantee }),
    history: run.history,
    ...(run.againstPopulation === undefined ? {} : { againstPopulation: run.againstPopulation }),
    ...(run.dynamics === undefined ? {} : { dynamics: run.dynamics }),
    ...(run.joint === undefined ? {} : { joint: run.joint }),
    ...(run.gap === 'ce-gap' || run.gap === 'cce-gap' ? { gap: run.gap } : {}),
    ...(run.ratings === undefined ? {} : { ratings: run.ratings }),
    ...(run.equilibriumPath === undefined ? {} : { equilibriumPath: run.equilibriumPath }),
    times: { started: started.toISOString(), finished: new Date().toISOString(), wallSeconds },
  };
}

/** Cells whose equilibrium is known, and those without, by reason: what a run records must not depend on its mates. */
async function byEquilibrium(
  cells: readonly ExpandedCell[],
  game: Game,
  signal: ComputeOptions['signal'],
): Promise<ExpandedCell[][]> {
  if (cells.length === 1) return [[...cells]];
  const parts = new Map<string | undefined, ExpandedCell[]>();
  for (const entry of cells) {
    // Newton's method takes a second on large games, and there may be one for every cell.
    await breathe();
    if (signal?.aborted) return [];
    const { metrics } = entry.cell;
    const asked = metrics.length === 0 || metrics.includes('kl-to-equilibrium');
    const instance = instanceOf(entry.cell, game);
    const { name, params } = entry.cell.solver;
    const regulariser = regulariserOf(solverNamed(name), params, instance);
    const found = asked ? knownEquilibrium(instance, undefined, regulariser) : { unknown: '' };
    const reason = 'unknown' in found ? found.unknown : undefined;
    const part = parts.get(reason);
    if (part === undefined) parts.set(reason, [entry]);
    else part.push(entry);
  }
  return [...parts.values()];
}

async function solveTogether(
  backend: Backend,
  cells: readonly ExpandedCell[],
  game: Game,
  { signal, onProgress }: ComputeOptions,
): Promise<StoredRun[]> {
  const started = new Date();
  const [{ cell }] = cells;
  const instance = batchInstance(
    cells.map((entry) => entry.cell),
    game,
  );
  const solution = await solve(backend, instance, solverNamed(cell.solver.name), {
    ...(signal === undefined ? {} : { signal }),
    onProgress: ({ step, steps }) => onProgress?.(step / steps),
    params: cells.map((entry) => entry.cell.solver.params),
    steps: cell.steps,
    tolerance: cell.tolerance,
    iterate: cell.iterate,
    ...(cell.population === undefined
      ? {}
      : { population: population({ ...cell.population.params, name: cell.population.name }, game) }),
    ...(cell.metrics.length === 0 ? {} : { metrics: cell.metrics }),
    ...(cell.dynamics === undefined ? {} : { dynamics: true }),
  });
  const seconds = solution.wallSeconds / cells.length;
  return cells.map((entry, run) => storedRun(backend, entry, solution.runs[run], started, seconds));
}

/**
 * Computes cells that share a batch (`planBatches`) from their game: the only way a stored run comes about, and how it
 * is verified. A run has the same bytes in any batch. Runs cut short by `signal` are left out.
 * @param place where to compute; of a CPU backend only that it is one (`onBatchBackend`).
 */
export async function computeBatch(
  place: Backend,
  cells: readonly ExpandedCell[],
  game: Game,
  options: ComputeOptions = {},
): Promise<StoredRun[]> {
  const direct = isDirect(solverNamed(cells[0].cell.solver.name));
  const parts = direct ? cells.map((entry) => [entry]) : await byEquilibrium(cells, game, options.signal);
  const runs: StoredRun[] = [];
  for (const part of parts) {
    // Cells shorter than a breath of the solve loop would never let an interrupt in.
    await breathe();
    if (options.signal?.aborted) break;
    const done = runs.length;
    const onProgress = (share: number): void => options.onProgress?.((done + share * part.length) / cells.length);
    const own = { ...options, onProgress };
    runs.push(...(await onBatchBackend(place, (backend) => solveTogether(backend, part, game, own))));
  }
  return runs.filter(({ result }) => result.code !== 'aborted');
}

/** The same error, naming its cell or batch; one that is not nashlab's is a bug, which stays the cause. */
function errorOf([{ cell }, ...mates]: readonly ExpandedCell[], error: unknown): unknown {
  const where = mates.length === 0 ? cellLabel(cell) : `${cellLabel(cell)} and ${mates.length} more in its batch`;
  if (error instanceof NashlabError) return within(where, error);
  return new Error(`${where}: ${error instanceof Error ? error.message : error}`, { cause: error });
}

/** `computeBatch`; an error names the cell it comes from, which is found by computing one cell after the other. */
export async function computeNamed(
  place: Backend,
  cells: readonly ExpandedCell[],
  game: Game,
  options: ComputeOptions = {},
): Promise<StoredRun[]> {
  try {
    return await computeBatch(place, cells, game, options);
  } catch (error) {
    if (cells.length > 1) for (const entry of cells) await computeNamed(place, [entry], game, options);
    throw errorOf(cells, error);
  }
}
