import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from './bundle.ts';
import { packSize } from './pack-size.ts';
import { type Part, parts } from './parts.ts';

/*
 * Packs what a machine needs to run the check of tests/devices with nothing but a shell, tar and gzip: this machine's
 * Node, one script, the native libraries. Whatever is not installed here is left out, and said.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const usage = `npm run device:pack -- [options]
  --out .device              folder to fill
  --node FILE                the Node binary to carry (default: the one that runs)
  --without openblas,...     parts to leave out: koffi, webgpu, openblas, swiftshader
`;
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

function lay(files: readonly Part[], folder: string): void {
  for (const { from, to } of files) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    copyFileSync(from, join(folder, to));
  }
}

/** tar and gzip of a folder, under a temporary name first. */
function archive(folder: string, file: string): void {
  const tar = join(dirname(folder), 'archive.tar');
  execFileSync('tar', ['--sort=name', '--owner=0', '--group=0', '--mtime=@0', '-cf', tar, '-C', folder, '.']);
  const target = openSync(`${file}.new`, 'w');
  const { status } = spawnSync('gzip', ['-9nc', tar], { stdio: ['ignore', target, 'inherit'] });
  closeSync(target);
  rmSync(tar);
  if (status !== 0) throw new Error(`gzip ended with ${status}`);
  renameSync(`${file}.new`, file);
}

/** Size of what git would send along: tracked files, and untracked ones that it does not ignore. */
function treeBytes(): number {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
  return files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
}

/** What the big archive was made of: it takes a minute, and seldom changes. */
function fingerprint(files: readonly Part[]): string {
  const lines = files.map(({ from, to }) => {
    const { size, mtimeMs } = statSync(from);
    return `${to} ${from} ${size} ${mtimeMs}`;
  });
  return `${lines.join('\n')}\n`;
}

async function pack(args: readonly string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { out: text, node: text, without: text, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  if (`${process.platform}-${process.arch}` !== 'linux-x64')
    throw new Error(
      `this is ${process.platform}-${process.arch}: the native parts to carry lie on a linux-x64 machine`,
    );
  const out = join(root, values.out ?? '.device');
  const without = new Set(values.without?.split(','));
  const origins = { node: values.node ?? process.execPath, root, chromium: '/usr/lib/chromium' };
  const runtime = parts(origins).filter(({ name, files, absent }) => {
    const carried = files.length > 0 && !without.has(name);
    if (!carried) say(`left out: ${name}: ${absent ?? 'as --without says'}`);
    return carried;
  });

  const staging = mkdtempSync(join(tmpdir(), 'nashlab-pack-'));
  try {
    mkdirSync(out, { recursive: true });
    const check = join(staging, 'check');
    mkdirSync(check);
    for (const warning of await bundle(root, join(check, 'check.mjs'))) say(warning);
    const beside = [
      { from: join(root, 'package.json'), to: 'package.json' },
      { from: join(root, 'tests/golden/reference-games.json'), to: 'golden/reference-games.json' },
    ];
    lay(beside, check);
    archive(check, join(out, 'check.tar.gz'));

    const files = runtime.flatMap((part) => part.files);
    const [madeOf, record] = [fingerprint(files), join(out, 'runtime.txt')];
    const kept =
      existsSync(record) && readFileSync(record, 'utf8') === madeOf && existsSync(join(out, 'runtime.tar.gz'));
    if (!kept) {
      say(`packing ${runtime.map(({ name }) => name).join(', ')}`);
      const folder = join(staging, 'runtime');
      lay(files, folder);
      chmodSync(join(folder, 'node'), 0o755);
      archive(folder, join(out, 'runtime.tar.gz'));
      writeFileSync(record, madeOf);
    }
    copyFileSync(join(root, 'tests/devices/run.sh'), join(out, 'run.sh'));
    const sizeOf = (name: string): number => statSync(join(out, `${name}.tar.gz`)).size;
    const { fits, words } = packSize({ runtime: sizeOf('runtime'), check: sizeOf('check') }, treeBytes());
    say(`${out}: ${words}`);
    if (!fits) process.exitCode = 1;
  } finally {
    rmSync(staging, { recursive: true });
  }
}

await pack(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
