import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('./blas-variants.c', import.meta.url));

/** Why no library can be compiled here, or undefined. */
export function missingCompiler(): string | undefined {
  if (process.platform !== 'linux') return 'broken libraries are compiled and tried on Linux only';
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'gcc is not installed, so no library can be compiled';
  }
}

/** A temporary folder of libraries compiled from `blas-variants.c`. */
export function variants() {
  const folder = mkdtempSync(join(tmpdir(), 'nashlab-blas-'));
  return {
    folder,
    compile(name: string, ...defines: string[]): string {
      const file = join(folder, `lib${name}.so`);
      // A library that is in use must not be written again.
      if (!existsSync(file))
        execFileSync('gcc', ['-O1', '-shared', '-fPIC', ...defines.map((text) => `-D${text}`), '-o', file, source]);
      return file;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
