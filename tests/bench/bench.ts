import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * Compiles the benchmark as the package is compiled and runs it under plain Node. Under tsx the same loops run up to
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
const peers = join('tests', 'bench', 'peers');
copyFileSync(join(root, peers, 'numpy_step.py'), join(built, peers, 'numpy_step.py'));
run(join(built, 'tests', 'bench', 'measure.js'), ...process.argv.slice(2));
