import { readGameDocument } from '../games/read-json.ts';
import { solverNamed } from '../solvers/catalogue.ts';
import type { Backend } from '../src/numerics/backend.ts';
import type { Progress } from '../src/solve/options.ts';
import type { RunSolution } from '../src/solve/solution.ts';
import { solve } from '../src/solve/solve.ts';
import { instanceOf } from './cell-instance.ts';
import { provenance } from './provenance.ts';
import type { Cell, IterateRecord, StoredGame, StoredRun } from './stored.ts';

export interface ComputeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

function iterateRecords(run: RunSolution): StoredRun['iterates'] {
  const entries = Object.entries(run.iterates).map(([name, { profile, metrics }]): [string, IterateRecord] => [
    name,
    { profile, metrics },
  ]);
  return Object.fromEntries(entries);
}

/** Computes one cell from its stored game: the only way a stored run comes about, and how it is verified. */
export async function computeCell(
  backend: Backend,
  id: string,
  cell: Cell,
  game: StoredGame,
  options: ComputeOptions = {},
): Promise<StoredRun> {
  const started = new Date();
  const instance = instanceOf(cell, readGameDocument(game, cell.game.name));
  const solution = await solve(backend, instance, solverNamed(cell.solver.name), {
    ...options,
    params: cell.solver.params,
    steps: cell.steps,
    tolerance: cell.tolerance,
    iterate: cell.iterate,
    ...(cell.metrics.length === 0 ? {} : { metrics: cell.metrics }),
  });
  const [run] = solution.runs;
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
    ...(run.guarantee === undefined ? {} : { guarantee: run.guarantee }),
    history: run.history,
    times: { started: started.toISOString(), finished: new Date().toISOString(), wallSeconds: solution.wallSeconds },
  };
}
