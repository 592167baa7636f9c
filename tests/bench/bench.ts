import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Compiles the benchmark, and the command it starts, as the package is compiled and runs it under plain Node. Under tsx the same loops run up to
 * 30 % slower, the hand-written ones included, and no user's solve runs under tsx.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(root, 'node_modules', '.cache', 'nashlab-bench');

function run(...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(built, { recursive: true, force: true });
run(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--project', join(root, 'tests', 'bench'));
copyFileSync(join(root, 'package.json'), join(built, 'package.json'));
cpSync(join(root, 'experiments', 'ready'), join(built, 'experiments', 'ready'), { recursive: true });
const peers = join('tests', 'bench', 'peers');
for (const file of readdirSync(join(root, peers)))
  if (file.endsWith('.py')) copyFileSync(join(root, peers, file), join(built, peers, file));
// The bench collects garbage between workloads: two matrices of 2 GB are as many as it may hold.
run('--expose-gc', join(built, 'tests', 'bench', 'measure.js'), ...process.argv.slice(2));
