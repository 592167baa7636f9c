import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/core/package-root.ts';
import type { BackendInfo } from '../src/numerics/backend.ts';
import type { Provenance } from './stored.ts';

function git(root: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** Commit and dirty flag, when nashlab runs from its own checkout rather than from an installed package. */
function checkout(root: string): Pick<Provenance, 'commit' | 'dirty'> {
  const top = git(root, 'rev-parse', '--show-toplevel');
  if (top === undefined || realpathSync(top) !== realpathSync(root)) return {};
  const commit = git(root, 'rev-parse', 'HEAD');
  if (commit === undefined) return {};
  return { commit, dirty: git(root, 'status', '--porcelain') !== '' };
}

/** The part that cannot change while a process runs; found once, since asking git takes longer than a small cell. */
function ofProcess(): Omit<Provenance, 'backend'> {
  const root = packageRoot();
  const lockfile = join(root, 'package-lock.json');
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    nashlab: manifest.version,
    ...checkout(root),
    node: process.version,
    ...(existsSync(lockfile) ? { lockfile: createHash('sha256').update(readFileSync(lockfile)).digest('hex') } : {}),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    platform: `${process.platform}-${process.arch}`,
  };
}

let found: ReturnType<typeof ofProcess> | undefined;

/** What computed a run: nashlab's version and commit, Node, lockfile, backend and machine. */
export function provenance(backend: BackendInfo): Provenance {
  found ??= ofProcess();
  return { ...found, backend: { ...backend } };
}
