import { solverNamed } from '../solvers/catalogue.ts';
import { checksUntil } from '../src/solve/check-grid.ts';
import { equilibriumLimit } from '../src/solve/equilibrium.ts';
import { batchBytes, everyColumn, type GameSize, historyBytes, totalActions } from '../src/solve/memory.ts';
import { callsPerStep, isDirect } from '../src/solve/solver.ts';
import type { Cell } from './stored.ts';

/*
 * What a cell costs, roughly, so that batches can be cut to size before anything is run. A run that converges ends
 * early: its seconds are an upper bound.
 */

/** Seconds per multiply-add of an evaluation, and per probability and evaluation (an exponential and what surrounds it). */
const entrySeconds = 0.5e-9;
const probabilitySeconds = 30e-9;
/** What a check costs beside the steps: payoffs of the last and the average iterate, and metrics of both elementwise. */
const evaluationsPerCheck = 2;
const passesPerCheck = 12;
/** Direct methods and Newton's method are cubic: seconds per cubed action. */
const cubicSeconds = 20e-9;

/** What the code for linear programs takes, and copies of the game that dense methods make on their way. */
const linearProgramBytes = 100e6;
const densePasses = 20;

/** What a batch costs whatever the number of its runs, and for each run. */
export interface BatchSeconds {
  readonly shared: number;
  readonly perRun: number;
}

/** What a population costs beside a step, in evaluations: its own, and mixing or weighing its members. */
function companyEvaluations({ population }: Cell): number {
  if (population === undefined) return 0;
  const { k, size } = population.params as { readonly k?: number; readonly size?: number };
  return 1 + (k ?? 0) + 4 * (size ?? 0);
}

/** The same for every cell of a group: solved together they take shared + count·perRun. */
export function batchSeconds(cell: Cell, size: GameSize): BatchSeconds {
  const definition = solverNamed(cell.solver.name);
  const { bytes, work = { perRun: bytes / 8, shared: 0 } } = size;
  const width = totalActions(size);
  if (isDirect(definition)) return { shared: 0, perRun: 0.01 + cubicSeconds * width ** 3 };
  const calls = cell.steps * callsPerStep(definition, cell.solver.params) * (1 + companyEvaluations(cell));
  const checks = checksUntil(cell.steps);
  const evaluations = (calls + checks * evaluationsPerCheck) * entrySeconds;
  const elementwise = (calls + checks * passesPerCheck) * width * probabilitySeconds;
  const newton = cell.temperature > 0 && width <= equilibriumLimit ? cubicSeconds * width ** 3 : 0;
  return { shared: evaluations * work.shared, perRun: newton + evaluations * work.perRun + elementwise };
}

function columnsOf(cell: Cell): number {
  return cell.metrics.length > 0 ? 2 * cell.metrics.length : everyColumn;
}

/** Memory of some cells of one group solved together. */
export function cellsBytes(cells: readonly Cell[], size: GameSize): number {
  const [cell] = cells;
  const bytes = batchBytes({ runs: cells.length, steps: cell.steps, columns: columnsOf(cell) }, size);
  if (!isDirect(solverNamed(cell.solver.name))) return bytes;
  return bytes + densePasses * size.bytes + (cell.temperature > 0 ? 0 : linearProgramBytes);
}

/** Memory of one finished run where all are kept for the report. */
export function storedBytes(cell: Cell, size: GameSize): number {
  const width = totalActions(size);
  return historyBytes({ steps: cell.steps, columns: columnsOf(cell) }, size) + 3 * width * 8;
}
