import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { loadExperiment } from '../../experiments/store.ts';
import { NashlabError } from '../core/errors.ts';
import { exitCode } from './exit.ts';
import { print } from './streams.ts';
import { writeReport } from './write-report.ts';

async function runReport(folders: readonly string[], flags: { readonly output?: string }): Promise<number> {
  const experiments = folders.map((folder) => loadExperiment(folder));
  if (folders.length > 1 && flags.output === undefined)
    throw new NashlabError('bad-option', {
      what: `one report over ${folders.length} experiments without a name`,
      where: '--output',
      expected: 'a file, so that no experiment’s own report is overwritten',
    });
  const file = flags.output ?? join(folders[0], 'report.html');
  await writeReport(file, experiments);
  print(`report: ${resolve(file)}`);
  return exitCode.certified;
}

export function reportCommand(finish: (code: number) => void): Command {
  return new Command('report')
    .description('rebuild a report, or write one report over several experiments')
    .argument('<runs...>', 'folders written by nashlab run, such as runs/<experiment>')
    .option('-o, --output <file>', 'default: report.html in the folder; needed for several folders')
    .action(async (folders: string[], flags: { output?: string }) => finish(await runReport(folders, flags)));
}
