import { Command } from 'commander';
import { loadExperiment } from '../../experiments/store.ts';
import { verifyExperiment } from '../../experiments/verify.ts';
import { exitCode, interruptSignal } from './exit.ts';
import { openBackend } from './options.ts';
import { note, print } from './streams.ts';
import { textTable } from './tables.ts';

async function runVerify(folders: readonly string[]): Promise<number> {
  const loaded = folders.map((folder) => loadExperiment(folder, 'all'));
  const backend = openBackend('cpu');
  const interrupt = interruptSignal();
  try {
    const results = [];
    for (const experiment of loaded) results.push(...(await verifyExperiment(backend, experiment, interrupt.signal)));
    const rows = results.map(({ id, run, agrees, words }) => [
      id.slice(0, 12),
      run.cell.game.name,
      run.cell.solver.name,
      agrees ? `agrees ${words}` : `DIFFERS: ${words}`,
    ]);
    const differing = results.filter(({ agrees }) => !agrees).length;
    const open = loaded.reduce((sum, { runs }) => sum + runs.length, 0) - results.length;
    print(textTable(['cell', 'game', 'solver', 'recomputed'], rows));
    print(`\n${results.length - differing} of ${results.length} runs agree`);
    if (open > 0) note(`interrupted: ${open} runs were not recomputed`);
    if (differing > 0) return exitCode.uncertified;
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
    .action(async (folders: string[]) => finish(await runVerify(folders)));
}
