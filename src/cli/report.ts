import { join, resolve } from 'node:path';
import { Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { loadExperiment } from '../../experiments/store.ts';
import { reports } from '../../reports/catalogue.ts';
import { NashlabError } from '../core/errors.ts';
import { lookUp } from '../core/names.ts';
import { exitCode } from './exit.ts';
import { print } from './streams.ts';

function runReport(folders: readonly string[], flags: { readonly output?: string }): number {
  const experiments = folders.map(loadExperiment);
  const template = lookUp('report', reports, experiments[0].experiment.report);
  const file = flags.output ?? join(folders[0], 'report.html');
  const html = template.render(experiments);
  try {
    writeFileAtomic.sync(file, html);
  } catch (cause) {
    throw new NashlabError('unwritable', {
      what: `the report cannot be written: ${(cause as Error).message}`,
      where: file,
      expected: 'a file in an existing folder you may write to; choose one with -o',
      cause,
    });
  }
  print(`report: ${resolve(file)}`);
  return exitCode.certified;
}

export function reportCommand(finish: (code: number) => void): Command {
  return new Command('report')
    .description('rebuild a report, or write one report over several experiments')
    .argument('<runs...>', 'folders written by nashlab run, such as runs/<experiment>')
    .option('-o, --output <file>', 'default: report.html in the first folder')
    .action((folders: string[], flags: { output?: string }) => finish(runReport(folders, flags)));
}
