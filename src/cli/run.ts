import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { readExperiment, readyExperiments } from '../../experiments/read-spec.ts';
import { type RunOutcome, runExperiment } from '../../experiments/run-experiment.ts';
import { loadExperiment } from '../../experiments/store.ts';
import { counted } from '../../games/counted.ts';
import type { NashlabError } from '../core/errors.ts';
import { openBackend } from '../numerics/catalogue.ts';
import { exitCode, interruptSignal } from './exit.ts';
import { memorySize, planText } from './memory-limit.ts';
import { noteUnusableBlas } from './note-blas.ts';
import { backendWords, collect, wholeNumber } from './options.ts';
import { progressView } from './progress.ts';
import { runSummary } from './run-summary.ts';
import { note, print } from './streams.ts';
import { writeReport } from './write-report.ts';

interface RunFlags {
  readonly out: string;
  readonly workers?: number;
  readonly memoryLimit?: number;
  readonly backend: string;
  readonly set: readonly string[];
  readonly only?: string;
  readonly report: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

function exitFor(outcome: RunOutcome): number {
  if (outcome.open > 0) return exitCode.interrupted;
  if (outcome.damaged.length > 0) return exitCode.uncertified;
  const failed = outcome.runs.some((run) => run.guarantee?.status === 'violated' || run.result.code === 'non-finite');
  return failed ? exitCode.uncertified : exitCode.certified;
}

/** What went wrong with single runs while the others went on. */
function noteErrors(errors: readonly NashlabError[]): void {
  for (const error of errors) note(`error[${error.code}]: ${error.message}`);
}

/** The command that goes on where this one ended. */
function sameCommand(experiment: string, { out, backend, set, only, workers, memoryLimit }: RunFlags): string {
  const options = [
    ...(out === 'runs' ? [] : ['--out', out]),
    ...(backend === 'cpu' ? [] : ['--backend', backend]),
    ...set.flatMap((pair) => ['--set', `'${pair}'`]),
    ...(only === undefined ? [] : ['--only', only]),
    ...(workers === undefined ? [] : ['--workers', String(workers)]),
    ...(memoryLimit === undefined ? [] : ['--memory-limit', `${memoryLimit}B`]),
  ];
  return ['nashlab run', experiment, ...options].join(' ');
}

async function runRun(experiment: string, flags: RunFlags): Promise<number> {
  if (flags.backend === 'auto') note('backend cpu: whose bytes depend on no device; name a device to use it');
  const backend = await openBackend(flags.backend === 'auto' ? 'cpu' : flags.backend);
  noteUnusableBlas();
  const read = readExperiment(experiment, flags.set);
  const view = progressView(read.experiment.name, flags.quiet === true);
  const interrupt = interruptSignal();
  try {
    const outcome = await runExperiment(backend, read, {
      out: flags.out,
      ...(flags.only === undefined ? {} : { only: flags.only }),
      ...(flags.workers === undefined ? {} : { workers: flags.workers }),
      ...(flags.memoryLimit === undefined ? {} : { memoryLimit: flags.memoryLimit }),
      onPlan: (plan) => {
        if (!flags.quiet) note(planText(plan));
      },
      signal: interrupt.signal,
      note,
      onProgress: ({ done, cells, running, label }) =>
        view.show(
          (done + running) / Math.max(1, cells),
          [`${done} of ${cells} runs`, label].filter(Boolean).join(' · '),
        ),
    });
    view.close();
    noteErrors([...outcome.lost, ...outcome.damaged]);
    if (outcome.resumed > 0)
      note(
        `${outcome.resumed} of ${outcome.resumed + outcome.computed + outcome.open + outcome.damaged.length} runs were already stored`,
      );
    const html = join(outcome.folder, 'report.html');
    const loaded = outcome.runs.length > 0 ? loadExperiment(outcome.folder, 'asked', () => {}) : undefined;
    const reported = flags.report && loaded !== undefined;
    if (reported) await writeReport(html, [loaded]);
    if (flags.json) {
      const { folder, runs, computed, resumed, open } = outcome;
      print(
        JSON.stringify(
          { schema: 'nashlab-outcome/1', folder, computed, resumed, open, ...(reported ? { report: html } : {}), runs },
          null,
          1,
        ),
      );
    } else {
      print(`${read.experiment.name}: ${read.experiment.question.trim()}\n`);
      print(loaded === undefined ? 'no run finished' : runSummary(loaded));
      print(`\nruns: ${resolve(outcome.folder)}`);
      if (reported) print(`report: ${resolve(html)}`);
    }
    if (outcome.open > 0)
      note(
        `${outcome.lost.length > 0 ? 'ended' : 'interrupted'} with ${counted(outcome.open, 'run')} open; the same command goes on from here: ${sameCommand(experiment, flags)}`,
      );
    return exitFor(outcome);
  } finally {
    view.close();
    interrupt.stop();
    await backend.dispose();
  }
}

export function runCommand(finish: (code: number) => void): Command {
  return new Command('run')
    .description(
      'run an experiment; finished runs are kept and not run again; exit 1 when a theorem is violated or a run leaves the finite numbers',
    )
    .argument('<experiment>', `a YAML file, or a ready experiment: ${readyExperiments().join(', ')}`)
    .option('--out <dir>', 'folder of the runs', 'runs')
    .option(
      '--workers <n>',
      'batches computed at a time, each by its own thread; default: one per core where there is enough to do',
      wholeNumber,
    )
    .option(
      '--memory-limit <size>',
      'what the command may take, such as 500MB or 8GiB; default: three quarters of the machine',
      memorySize,
    )
    .option('--backend <name>', backendWords, 'cpu')
    .option('--set <key=value>', 'override a key of the file, dotted; repeat for more', collect, [])
    .option('--only <id>', 'only the cells whose id starts with this')
    .option('--no-report', 'do not write report.html')
    .option('--json', 'print one JSON object')
    .option('-q, --quiet', 'no progress')
    .action(async (experiment: string, flags: RunFlags) => finish(await runRun(experiment, flags)));
}
