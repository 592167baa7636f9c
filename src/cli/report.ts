import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { reportNames } from '../../experiments/spec.ts';
import { loadExperiment } from '../../experiments/store.ts';
import { NashlabError } from '../core/errors.ts';
import { exitCode } from './exit.ts';
import { print } from './streams.ts';
import { writeReport } from './write-report.ts';

interface ReportFlags {
  readonly output?: string;
  readonly template?: string;
}

async function runReport(folders: readonly string[], { output, template }: ReportFlags): Promise<number> {
  const experiments = folders.map((folder) => loadExperiment(folder));
  if (folders.length > 1 && output === undefined)
    throw new NashlabError('bad-option', {
      what: `one report over ${folders.length} experiments without a name`,
      where: '--output',
      expected: 'a file, so that no experiment’s own report is overwritten',
    });
  const file = output ?? join(folders[0], `${template ?? 'report'}.html`);
  await writeReport(file, experiments, template);
  print(`report: ${resolve(file)}`);
  return exitCode.certified;
}

export function reportCommand(finish: (code: number) => void): Command {
  return new Command('report')
    .description('rebuild a report, write it by another template, or write one report over several experiments')
    .argument('<runs...>', 'folders written by nashlab run, such as runs/<experiment>')
    .option('-t, --template <name>', `${reportNames.join(' or ')}; default: the one that the first experiment asks for`)
    .option(
      '-o, --output <file>',
      'default: report.html in the folder, <name>.html with --template; needed for several folders',
    )
    .action(async (folders: string[], flags: ReportFlags) => finish(await runReport(folders, flags)));
}
