import { NashlabError } from '../src/core/errors.ts';
import type { Backend } from '../src/numerics/backend.ts';
import { computeBatches } from './compute-batches.ts';
import { type CrewOptions, crewFor } from './crew.ts';
import { type Expansion, expandExperiment } from './expand.ts';
import { planWork, type WorkOptions, type WorkPlan, workLimits } from './plan-work.ts';
import { withGameNames } from './published.ts';
import type { ReadExperiment } from './read-spec.ts';
import { type RunStore, runStore } from './store.ts';
import type { StoredRun } from './stored.ts';

/** How far an experiment is: cells done, of all, and how many of those running are done by their share. */
export interface ExperimentProgress {
  readonly done: number;
  readonly cells: number;
  readonly running: number;
  readonly label: string;
}

export interface RunExperimentOptions extends WorkOptions, CrewOptions {
  readonly out: string;
  /** Only cells whose id starts with this. */
  readonly only?: string;
  readonly note: (line: string) => void;
  /** Told what is about to be run, and what it takes, before anything is written. */
  readonly onPlan?: (plan: WorkPlan) => void;
  readonly onProgress?: (progress: ExperimentProgress) => void;
}

export interface RunOutcome {
  readonly folder: string;
  readonly runs: readonly StoredRun[];
  /** Cells found finished, computed now, and left open by an interruption or a lost worker. */
  readonly resumed: number;
  readonly computed: number;
  readonly open: number;
  /** Stored runs that cannot be read; they are neither shown nor computed again. */
  readonly damaged: readonly NashlabError[];
  /** A `worker-lost` error per batch that was lost with its worker. */
  readonly lost: readonly NashlabError[];
}

function chosenCells(expansion: Expansion, name: string, only: string | undefined): Expansion['cells'] {
  const chosen = expansion.cells.filter(({ id }) => only === undefined || id.startsWith(only));
  if (chosen.length > 0) return chosen;
  throw new NashlabError('unknown-name', {
    what: `no cell "${only}" in "${name}"`,
    where: '--only',
    expected: `the first digits of a cell's id, such as ${expansion.cells[0].id.slice(0, 12)}`,
  });
}

/** The stored runs of some cells, and what is wrong with those that cannot be read. */
function readRuns(store: RunStore, ids: readonly string[]): Pick<RunOutcome, 'runs' | 'damaged'> {
  const runs: StoredRun[] = [];
  const damaged: NashlabError[] = [];
  for (const id of ids) {
    if (!store.has(id)) continue;
    try {
      runs.push(store.read(id));
    } catch (error) {
      if (!(error instanceof NashlabError)) throw error;
      damaged.push(error);
    }
  }
  return { runs, damaged };
}

/**
 * Runs the cells of an experiment that are not yet stored, in batches, storing each batch as it ends; workers only
 * compute, this thread writes. A killed or interrupted experiment loses at most the batches in flight; running it again
 * finishes the rest. The bytes of a run depend neither on its batch nor on the number of workers.
 * @param place a device to compute on, or any CPU backend: of that only that it is one, since each batch gets its own,
 * reproducible one.
 * @throws `bad-option` for workers and memory limits that are none.
 */
export async function runExperiment(
  place: Backend,
  read: ReadExperiment,
  options: RunExperimentOptions,
): Promise<RunOutcome> {
  const { experiment } = read;
  const { published } = experiment;
  const { signal } = options;
  const expansion = await expandExperiment(read, options.note, place.host ? undefined : place.info.name);
  const chosen = chosenCells(expansion, experiment.name, options.only);
  const store = runStore(options.out, experiment.name);
  const missing = chosen.filter(({ id }) => !store.has(id));
  const plan = planWork(missing, expansion.sizes, workLimits(place, options));
  if (missing.length > 0) options.onPlan?.(plan);
  store.begin(
    {
      schema: 'nashlab-experiment/1',
      name: experiment.name,
      question: experiment.question.trim(),
      report: experiment.report,
      ...(published === undefined ? {} : { published: withGameNames(published, expansion.names) }),
      cells: expansion.cells.map(({ id }) => id),
      spec: experiment,
    },
    expansion.games,
  );
  const resumed = chosen.length - missing.length;
  const report = (done: number, running: number, label: string): void =>
    options.onProgress?.({ done, cells: chosen.length, running, label });
  let computed = 0;
  const crew = await crewFor(plan, place, expansion.games, options);
  try {
    const lost = await computeBatches(crew, plan.batches, {
      ...(signal === undefined ? {} : { signal }),
      onRuns(runs) {
        for (const run of runs) store.write(run);
        computed += runs.length;
      },
      onProgress: (cells, label) => report(resumed + Math.floor(cells), cells - Math.floor(cells), label),
    });
    const { runs, damaged } = readRuns(
      store,
      chosen.map(({ id }) => id),
    );
    report(runs.length, 0, '');
    const open = chosen.length - runs.length - damaged.length;
    // What cannot be read is no run that was found finished.
    return { folder: store.folder, runs, resumed: resumed - damaged.length, computed, open, damaged, lost };
  } finally {
    await crew.close();
  }
}
