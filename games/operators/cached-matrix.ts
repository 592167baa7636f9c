import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { NashlabError } from '../../src/core/errors.ts';
import { type NumberFile, numberFile } from './matrix-file.ts';

/** SHA-256 of a file, read in pieces. Throws `bad-file`. */
export function fileHash(path: string): string {
  const hash = createHash('sha256');
  const bytes = Buffer.allocUnsafeSlow(2 ** 20);
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    throw new NashlabError('bad-file', {
      what: `the file cannot be read: ${(cause as Error).message}`,
      where: path,
      expected: 'a readable file',
      cause,
    });
  }
  try {
    for (;;) {
      const count = readSync(descriptor, bytes);
      if (count === 0) return hash.digest('hex');
      hash.update(bytes.subarray(0, count));
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Where matrices made from Parquet files are kept: `$XDG_CACHE_HOME/nashlab` or `~/.cache/nashlab`. */
function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'nashlab');
}

/** The raw matrix of a Parquet file of this content. */
export function cachePath(hash: string): string {
  return join(cacheFolder(), `${hash}.f64`);
}

/** The raw matrix made earlier from a Parquet file. Throws `bad-file` when the content is another one, or was never converted. */
export function cachedMatrix(path: string, wanted?: string): { readonly matrix: NumberFile; readonly hash: string } {
  const hash = fileHash(path);
  if (wanted !== undefined && hash !== wanted)
    throw new NashlabError('bad-file', {
      what: 'the content of the file is not the one this game was stored with',
      where: path,
      expected: `SHA-256 ${wanted}`,
    });
  const cached = cachePath(hash);
  if (!existsSync(cached))
    throw new NashlabError('bad-file', {
      what: 'the Parquet file has not been converted on this machine',
      where: path,
      expected: `its matrix in ${cacheFolder()}: open the file once, for example with nashlab inspect ${path}`,
    });
  return { matrix: numberFile(cached, path, 'f64'), hash };
}
