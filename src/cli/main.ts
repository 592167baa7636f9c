#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { NashlabError } from '../core/errors.ts';
import { packageRoot } from '../core/package-root.ts';
import { citeCommand } from './cite.ts';
import { doctorCommand } from './doctor.ts';
import { exitCode } from './exit.ts';
import { inspectCommand } from './inspect.ts';
import { listCommand } from './list.ts';
import { reportCommand } from './report.ts';
import { runCommand } from './run.ts';
import { solveCommand } from './solve.ts';
import { note } from './streams.ts';
import { verifyCommand } from './verify.ts';

const exits = `
Exit codes: 0 answered and certified · 1 ran, but not certified · 2 misuse or bad input, nothing written ·
3 limit reached or interrupted, partial results kept. Results go to stdout, everything else to stderr.`;

/** `error: unknown option '--foo'` → `unknown option '--foo'`. */
function misuse(error: CommanderError): string {
  return error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

function silenced(command: Command): Command {
  command.exitOverride().configureOutput({ outputError: () => {} });
  for (const child of command.commands) silenced(child);
  return command;
}

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  const finish = (code: number): void => {
    process.exitCode = code;
  };
  const program = new Command('nashlab')
    .description('certified Nash and minimax policies of preference games')
    .version(version)
    .showSuggestionAfterError()
    .addHelpText('after', exits);
  for (const command of [
    solveCommand,
    inspectCommand,
    runCommand,
    reportCommand,
    verifyCommand,
    listCommand,
    citeCommand,
    doctorCommand,
  ])
    program.addCommand(command(finish));
  silenced(program);
  try {
    if (process.argv.length <= 2) program.outputHelp();
    else await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return;
      note(`error[bad-option]: ${misuse(error)}; see nashlab ${process.argv[2] ?? ''} --help`);
      process.exitCode = exitCode.misuse;
    } else if (error instanceof NashlabError) {
      note(`error[${error.code}]: ${error.message}`);
      process.exitCode = exitCode.misuse;
    } else throw error;
  }
}

// A reader that closes early (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  throw error;
});

await main();
