import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, vi } from 'vitest';
import { commandLine } from '../../src/cli/command-line.ts';
import type { ErrorCode } from '../../src/core/errors.ts';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder that commands run in; removed after the tests of the file. */
export interface Workplace {
  readonly folder: string;
  write(name: string, text: string): string;
  read(name: string): string;
  /** Every file and folder below, files with their contents. */
  contents(): Record<string, string>;
}

export function workplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'nashlab-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      return name;
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    contents: () => contentsOf(folder),
  };
}

/** Every file and folder below `folder` by its relative path, files with their contents, byte by byte. */
export function contentsOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry): [string, string] => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1), entry.isFile() ? readFileSync(path, 'latin1') : 'a folder'];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Runs a command line in this process, in the folder of a workplace. One at a time: streams and folder are shared. */
export async function command(place: Workplace, ...args: readonly string[]): Promise<Outcome> {
  const before = process.cwd();
  const out: string[] = [];
  const err: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  process.chdir(place.folder);
  try {
    const code = await commandLine(args);
    return { code, stdout: out.join(''), stderr: err.join('') };
  } finally {
    process.chdir(before);
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** The arguments that make Node run nashlab from its sources. */
export const nashlab: readonly string[] = ['--import', tsx, main];

export interface ProcessOptions {
  readonly input?: string;
  /** Called as text arrives on stderr, to signal the process at the right moment. */
  readonly onStderr?: (soFar: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Environment in which nashlab finds no git checkout, so that commits made meanwhile do not show in provenance. */
export const environment = { ...process.env, GIT_DIR: join(tmpdir(), 'no-git-here') };

/** Runs a command line in a process of its own. */
export function processOf(place: Workplace, args: readonly string[], options: ProcessOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nashlab, ...args], { cwd: place.folder, env: environment });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      options.onStderr?.(stderr, (signal) => child.kill(signal));
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Lines of a JavaScript stack trace. */
export const stackLine = /^\s+at .+(:\d+:\d+\)?|<anonymous>\)?)$/m;

/**
 * Asserts a refusal: exit code 2, nothing on stdout, `error[CODE]: …` with all the words as the last line of stderr, no
 * stack trace, and a folder as it was before.
 */
export async function expectRefusal(
  place: Workplace,
  args: readonly string[],
  code: ErrorCode,
  words: readonly (string | RegExp)[],
): Promise<void> {
  const before = place.contents();
  const outcome = await command(place, ...args);
  const lines = outcome.stderr.trimEnd().split('\n');
  const last = lines[lines.length - 1];
  expect(last).toMatch(new RegExp(`^error\\[${code}\\]: .`));
  for (const word of words) {
    if (typeof word === 'string') expect(last).toContain(word);
    else expect(last).toMatch(word);
  }
  expect(outcome.stderr).not.toMatch(stackLine);
  expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code: 2, stdout: '' });
  expect(place.contents()).toEqual(before);
}

/** True where permission bits stop the user who runs the tests. */
export const permissionsBind = process.getuid?.() !== 0;

/** True where a folder exists that not even root can write to. */
export const hasProc = existsSync('/proc/self');
