import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';
import { NashlabError } from '../../src/core/errors.ts';

/** Numbers in a raw binary file: float64 or float32, little-endian, nothing else. */
export type BinaryFormat = 'f64' | 'f32';

const bytesOf: Readonly<Record<BinaryFormat, number>> = { f64: 8, f32: 4 };

/** A raw binary file of numbers, read in pieces. */
export interface NumberFile {
  readonly path: string;
  /** How errors call it. */
  readonly file: string;
  readonly format: BinaryFormat;
  /** How many numbers it holds. */
  readonly length: number;
  /**
   * Opens the file for the time of `body`, which reads `count` numbers from number `offset` into `target` from `at`.
   * Throws `bad-file` when the file is not what it was when it was first seen.
   */
  reading<T>(body: (read: (offset: number, count: number, target: Float64Array, at?: number) => void) => T): T;
  /** SHA-256 of the content, as 64 hexadecimal digits. */
  hash(): string;
}

function unreadable(file: string, cause: unknown): NashlabError {
  return new NashlabError('bad-file', {
    what: `the file cannot be read: ${(cause as Error).message}`,
    where: file,
    expected: 'a readable file',
    cause,
  });
}

function opened<T>(path: string, file: string, body: (descriptor: number) => T): T {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    throw unreadable(file, cause);
  }
  try {
    return body(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Fills the buffer from a place in the file. */
function fill(descriptor: number, file: string, buffer: Buffer, position: number): void {
  let done = 0;
  while (done < buffer.length) {
    const count = readSync(descriptor, buffer, done, buffer.length - done, position + done);
    if (count === 0)
      throw new NashlabError('bad-file', {
        what: 'the file ends too early',
        where: file,
        expected: 'a file that nobody changes while it is read',
      });
    done += count;
  }
}

const pieceNumbers = 2 ** 17;

/** Opens a binary file of numbers. Throws `bad-file` when it cannot be read or its size is no whole count of numbers. */
export function numberFile(path: string, file: string, format: BinaryFormat): NumberFile {
  const width = bytesOf[format];
  const first = opened(path, file, (descriptor) => fstatSync(descriptor));
  if (first.size === 0 || first.size % width !== 0)
    throw new NashlabError('bad-file', {
      what: first.size === 0 ? 'an empty file' : `${first.size} bytes`,
      where: file,
      expected: `numbers of ${width} bytes each (little-endian ${format === 'f64' ? 'float64' : 'float32'}, no header)`,
    });
  const bytes = Buffer.allocUnsafeSlow(pieceNumbers * width);
  const numbers =
    format === 'f64'
      ? new Float64Array(bytes.buffer, bytes.byteOffset, pieceNumbers)
      : new Float32Array(bytes.buffer, bytes.byteOffset, pieceNumbers);

  const read = (descriptor: number, offset: number, count: number, target: Float64Array, at: number): void => {
    for (let done = 0; done < count; done += pieceNumbers) {
      const piece = Math.min(pieceNumbers, count - done);
      const part = bytes.subarray(0, piece * width);
      fill(descriptor, file, part, (offset + done) * width);
      if (endianness() === 'BE') width === 8 ? part.swap64() : part.swap32();
      target.set(numbers.subarray(0, piece), at + done);
    }
  };
  const same = (descriptor: number): void => {
    const { size, mtimeMs } = fstatSync(descriptor);
    if (size !== first.size || mtimeMs !== first.mtimeMs)
      throw new NashlabError('bad-file', {
        what: 'the file has changed since it was opened',
        where: file,
        expected: 'a file that nobody changes while it is in use',
      });
  };
  return {
    path,
    file,
    format,
    length: first.size / width,
    reading: (body) =>
      opened(path, file, (descriptor) => {
        same(descriptor);
        return body((offset, count, target, at = 0) => read(descriptor, offset, count, target, at));
      }),
    hash: () =>
      opened(path, file, (descriptor) => {
        same(descriptor);
        const hash = createHash('sha256');
        for (let position = 0; position < first.size; position += bytes.length) {
          const part = bytes.subarray(0, Math.min(bytes.length, first.size - position));
          fill(descriptor, file, part, position);
          hash.update(part);
        }
        return hash.digest('hex');
      }),
  };
}
