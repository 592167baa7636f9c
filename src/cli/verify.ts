import { Command } from 'commander';
import { loadExperiment } from '../../experiments/store.ts';
import { verifyExperiment } from '../../experiments/verify.ts';
import type { NashlabError } from '../core/errors.ts';
import { cpuBackend } from '../numerics/cpu/backend.ts';
import { exitCode, interruptSignal } from './exit.ts';
import { memorySize } from './memory-limit.ts';
import { wholeNumber } from './options.ts';
import { note, print } from './streams.ts';
import { textTable } from './tables.ts';

interface VerifyFlags {
  readonly workers?: number;
  readonly memoryLimit?: number;
}

async function runVerify(folders: readonly string[], flags: VerifyFlags): Promise<number> {
  const damaged: NashlabError[] = [];
  const loaded = folders.map((folder) => loadExperiment(folder, 'all', (_id, error) => damaged.push(error)));
  const backend = cpuBackend();
  const interrupt = interruptSignal();
  try {
    const results = [];
    for (const experiment of loaded)
      results.push(...(await verifyExperiment(backend, experiment, { ...flags, signal: interrupt.signal })));
    const rows = results.map(({ id, run, agrees, words }) => [
      id.slice(0, 12),
      run.cell.game.name,
      run.cell.solver.name,
      agrees ? `agrees ${words}` : `DIFFERS: ${words}`,
    ]);
    const differing = results.filter(({ agrees }) => !agrees).length;
    const open = loaded.reduce((sum, { runs }) => sum + runs.length, 0) - results.length;
    print(textTable(['cell', 'game', 'solver', 'recomputed'], rows));
    for (const error of damaged) note(`error[${error.code}]: ${error.message}`);
    print(`\n${results.length - differing} of ${results.length + damaged.length} runs agree`);
    if (open > 0) note(`interrupted: ${open} runs were not recomputed`);
    if (differing + damaged.length > 0) return exitCode.uncertified;
    return open > 0 ? exitCode.interrupted : exitCode.certified;
  } finally {
    interrupt.stop();
    await backend.dispose();
  }
}

export function verifyCommand(finish: (code: number) => void): Command {
  return new Command('verify')
    .description('recompute stored runs and compare; exit 1 on a difference')
    .argument('<runs...>', 'folders written by nashlab run')
    .option(
      '--workers <n>',
      'batches computed at a time; default: one per core where there is enough to do',
      wholeNumber,
    )
    .option('--memory-limit <size>', 'what the command may take, such as 500MB or 8GiB', memorySize)
    .action(async (folders: string[], flags: VerifyFlags) => finish(await runVerify(folders, flags)));
}
