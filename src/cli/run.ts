import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { readExperiment, readyExperiments } from '../../experiments/read-spec.ts';
import { type RunOutcome, runExperiment } from '../../experiments/run-experiment.ts';
import { loadExperiment } from '../../experiments/store.ts';
import type { StoredRun } from '../../experiments/stored.ts';
import { formatNumber } from '../../reports/number.ts';
import { exitCode, interruptSignal } from './exit.ts';
import { collect, openBackend, wholeNumber } from './options.ts';
import { progressView } from './progress.ts';
import { note, print } from './streams.ts';
import { textTable } from './tables.ts';
import { writeReport } from './write-report.ts';

interface RunFlags {
  readonly out: string;
  readonly workers?: number;
  readonly backend: string;
  readonly set: readonly string[];
  readonly only?: string;
  readonly report: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The gap a run was held to: the regularised one where there is one. */
function mainGap(metrics: Readonly<Record<string, unknown>>): string {
  return ['regularized-gap', 'duality-gap', 'nash-conv'].find((name) => name in metrics) as string;
}

function gapsOf(run: StoredRun): { readonly main: number; readonly name: string; readonly duality: string } {
  const metrics = run.iterates[run.cell.iterate]?.metrics ?? {};
  const original = run.cell.solver.name !== 'exact' && run.cell.temperature === 0;
  const name = original && 'duality-gap' in metrics ? 'duality-gap' : mainGap(metrics);
  const unregularised = metrics['duality-gap'] ?? metrics['nash-conv'];
  return {
    main: metrics[name] as number,
    name,
    duality: typeof unregularised === 'number' ? formatNumber(unregularised) : '',
  };
}

function guaranteeWord(run: StoredRun): string {
  if (run.guarantee === undefined) return 'no theorem';
  return { within: 'within', outside: 'outside its premises', violated: 'VIOLATED', unmeasured: 'not measured' }[
    run.guarantee.status
  ];
}

/** One row per run: game, solver, oracle calls, gaps, verdict. */
export function summaryTable(runs: readonly StoredRun[]): string {
  const rows = runs.map((run) => {
    const { main, name, duality } = gapsOf(run);
    const { cell, result } = run;
    const seeds = runs.some((other) => other.cell.seed !== cell.seed && other.cell.game.name === cell.game.name);
    return [
      cell.game.name + (seeds ? ` · seed ${cell.seed}` : ''),
      cell.solver.name,
      formatNumber(cell.temperature),
      formatNumber(result.oracleCalls),
      `${formatNumber(main)} ${name}`,
      duality,
      `${result.code} (${cell.iterate})`,
      guaranteeWord(run),
    ];
  });
  const head = ['game', 'solver', 'τ', 'calls', 'gap', 'unregularised', 'verdict', 'theorem'];
  return textTable(head, rows, ['left', 'left', 'right', 'right', 'right', 'right', 'left', 'left']);
}

function exitFor(outcome: RunOutcome): number {
  if (outcome.open > 0) return exitCode.interrupted;
  const failed = outcome.runs.some((run) => run.guarantee?.status === 'violated' || run.result.code === 'non-finite');
  return failed ? exitCode.uncertified : exitCode.certified;
}

async function runRun(experiment: string, flags: RunFlags): Promise<number> {
  const backend = openBackend(flags.backend);
  if (flags.workers !== undefined && flags.workers !== 1)
    note(`note: --workers ${flags.workers} is not in this version; cells run one after the other`);
  const read = readExperiment(experiment, flags.set);
  const view = progressView(read.experiment.name, flags.quiet === true);
  const interrupt = interruptSignal();
  try {
    const outcome = await runExperiment(backend, read, {
      out: flags.out,
      ...(flags.only === undefined ? {} : { only: flags.only }),
      signal: interrupt.signal,
      note,
      onProgress: ({ done, cells, running, label }) =>
        view.show((done + running) / Math.max(1, cells), `${done} of ${cells} runs · ${label}`),
    });
    view.close();
    if (outcome.resumed > 0)
      note(`${outcome.resumed} of ${outcome.runs.length + outcome.open} runs were already stored`);
    const html = join(outcome.folder, 'report.html');
    const reported = flags.report && outcome.runs.length > 0;
    if (reported) await writeReport(html, [loadExperiment(outcome.folder)]);
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
      print(outcome.runs.length === 0 ? 'no run finished' : summaryTable(outcome.runs));
      print(`\nruns: ${resolve(outcome.folder)}`);
      if (reported) print(`report: ${resolve(html)}`);
    }
    if (outcome.open > 0)
      note(`interrupted with ${outcome.open} runs open; the same command goes on from here: nashlab run ${experiment}`);
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
    .option('--workers <n>', 'cells at a time (this version runs them one after the other)', wholeNumber)
    .option('--backend <name>', 'cpu or auto', 'cpu')
    .option('--set <key=value>', 'override a key of the file, dotted; repeat for more', collect, [])
    .option('--only <id>', 'only the cells whose id starts with this')
    .option('--no-report', 'do not write report.html')
    .option('--json', 'print one JSON object')
    .option('-q, --quiet', 'no progress')
    .action(async (experiment: string, flags: RunFlags) => finish(await runRun(experiment, flags)));
}
