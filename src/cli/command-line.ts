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

const commands = [
  solveCommand,
  inspectCommand,
  runCommand,
  reportCommand,
  verifyCommand,
  listCommand,
  citeCommand,
  doctorCommand,
];

const exits = `
Exit codes: 0 answered and certified · 1 ran, but not certified · 2 misuse or bad input, nothing written ·
3 time limit reached or interrupted, partial results kept. Results go to stdout, everything else to stderr.`;

/** `error: unknown option '--foo'` → `unknown option '--foo'; see nashlab solve --help`. */
function misuse(error: CommanderError, program: Command, args: readonly string[]): string {
  const text = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  const named = program.commands.find((command) => command.name() === args[0]);
  const help = named === undefined ? 'nashlab --help' : `nashlab ${named.name()} --help`;
  return `${text === '(outputHelp)' ? `unknown command '${args[1]}'` : text}; see ${help}`;
}

function silenced(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
  for (const child of command.commands) silenced(child);
  return command;
}

/**
 * Runs one command line, given without `node` and the script, and returns its exit code. Misuse and bad input end in
 * one line on stderr; an error of nashlab's own is thrown.
 */
export async function commandLine(args: readonly string[]): Promise<number> {
  const { version } = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { version: string };
  let code: number = exitCode.certified;
  const finish = (given: number): void => {
    code = given;
  };
  const program = new Command('nashlab')
    .description('certified Nash and minimax policies of preference games')
    .version(version)
    .showSuggestionAfterError()
    .addHelpText('after', exits);
  for (const command of commands) program.addCommand(command(finish));
  silenced(program);
  try {
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCode.certified;
      note(`error[bad-option]: ${misuse(error, program, args)}`);
      return exitCode.misuse;
    }
    if (!(error instanceof NashlabError)) throw error;
    note(`error[${error.code}]: ${error.message}`);
    return exitCode.misuse;
  }
}
