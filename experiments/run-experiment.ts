import { NashlabError, within } from '../src/core/errors.ts';
import type { Backend } from '../src/numerics/backend.ts';
import { breathe } from '../src/solve/breathe.ts';
import { computeCell } from './compute.ts';
import { expandExperiment } from './expand.ts';
import type { ReadExperiment } from './read-spec.ts';
import { runStore } from './store.ts';
import type { StoredRun } from './stored.ts';

/** How far an experiment is: cells done, of all, and the share of the one that is running. */
export interface ExperimentProgress {
  readonly done: number;
  readonly cells: number;
  readonly running: number;
  readonly label: string;
}

export interface RunExperimentOptions {
  readonly out: string;
  /** Only cells whose id starts with this. */
  readonly only?: string;
  readonly signal?: AbortSignal;
  readonly note: (line: string) => void;
  readonly onProgress?: (progress: ExperimentProgress) => void;
}

export interface RunOutcome {
  readonly folder: string;
  readonly runs: readonly StoredRun[];
  /** Cells found finished, computed now, and left open by an interruption. */
  readonly resumed: number;
  readonly computed: number;
  readonly open: number;
}

/**
 * Runs the cells of an experiment that are not yet stored, one after the other, storing each as it finishes. A killed
 * or interrupted experiment loses at most the cell in flight; running it again finishes the rest with the same bytes.
 */
export async function runExperiment(
  backend: Backend,
  read: ReadExperiment,
  options: RunExperimentOptions,
): Promise<RunOutcome> {
  const { experiment } = read;
  const expansion = await expandExperiment(read, options.note);
  const chosen = expansion.cells.filter(({ id }) => options.only === undefined || id.startsWith(options.only));
  if (chosen.length === 0)
    throw new NashlabError('unknown-name', {
      what: `no cell "${options.only}" in "${experiment.name}"`,
      where: '--only',
      expected: `the first digits of a cell's id, such as ${expansion.cells[0].id.slice(0, 12)}`,
    });
  const store = runStore(options.out, experiment.name);
  store.begin(
    {
      schema: 'nashlab-experiment/1',
      name: experiment.name,
      question: experiment.question.trim(),
      report: experiment.report,
      cells: expansion.cells.map(({ id }) => id),
      spec: experiment,
    },
    expansion.games,
  );
  const resumed = chosen.filter(({ id }) => store.has(id)).length;
  let computed = 0;
  for (const [index, { id, cell }] of chosen.entries()) {
    if (store.has(id)) continue;
    // Cells shorter than a breath of the solve loop would never let an interrupt in.
    await breathe();
    if (options.signal?.aborted) break;
    const label = `${cell.game.name} · ${cell.solver.name} · τ = ${cell.temperature}`;
    const report = (running: number): void =>
      options.onProgress?.({ done: index, cells: chosen.length, running, label });
    report(0);
    const run = await computeCell(backend, id, cell, expansion.games[cell.game.hash], {
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      onProgress: ({ step, steps }) => report(step / steps),
    }).catch((error: unknown) => {
      throw within(label, error);
    });
    if (run.result.code === 'aborted') break;
    store.write(run);
    computed++;
  }
  const runs = chosen.filter(({ id }) => store.has(id)).map(({ id }) => store.read(id));
  options.onProgress?.({ done: runs.length, cells: chosen.length, running: 0, label: '' });
  return { folder: store.folder, runs, resumed, computed, open: chosen.length - runs.length };
}
