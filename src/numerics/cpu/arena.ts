import { kernelsWasm } from './kernels-wasm.ts';

/** The little of WebAssembly's interface that is used here; TypeScript ships it only with the browser's. */
interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}
interface WebAssemblyInterface {
  Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}
const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly;

/** A stretch of float64 numbers that compiled code can reach: `at` is its byte address there. */
export interface Block {
  readonly data: Float64Array;
  readonly at: number;
}

/** What the module exports: addresses and strides in bytes, strides 0 where one row or matrix serves all runs. */
export interface Kernels {
  /** result[b, i] = Σ_j matrix[b, i, j]·vector[b, j]. */
  matVec(
    matrix: number,
    matrixStride: number,
    vector: number,
    vectorStride: number,
    result: number,
    runs: number,
    rows: number,
    columns: number,
  ): void;
  /** y = exp x. */
  exp(x: number, y: number, length: number): void;
  /** y = 1/(1 + exp(−x)). */
  sigmoid(x: number, y: number, length: number): void;
  /** y = x − log Σ exp x per row, e = exp y. */
  logSoftmax(x: number, y: number, e: number, rows: number, columns: number): void;
  /** out = a·x + b·y; with an address `e`, not 0, out becomes its log-softmax and e the exponentials. */
  combine2(
    a: number,
    x: number,
    xStride: number,
    b: number,
    y: number,
    yStride: number,
    out: number,
    e: number,
    rows: number,
    columns: number,
  ): void;
  /** The same for out = a·x + b·y + c·z. */
  combine3(
    a: number,
    x: number,
    xStride: number,
    b: number,
    y: number,
    yStride: number,
    c: number,
    z: number,
    zStride: number,
    out: number,
    e: number,
    rows: number,
    columns: number,
  ): void;
  /** out[r] = Σ_a p_a·(max u − u_a). */
  gains(p: number, pStride: number, u: number, uStride: number, out: number, rows: number, columns: number): void;
  /** out[r] = KL(p‖q), q the softmax of reference + weight·u, from log p and p; `room` for two rows. */
  responseDivergence(
    log: number,
    logStride: number,
    p: number,
    pStride: number,
    u: number,
    uStride: number,
    reference: number,
    referenceStride: number,
    weight: number,
    weightStride: number,
    room: number,
    out: number,
    rows: number,
    columns: number,
  ): void;
}

/**
 * The memory of compiled kernels, one per process and thread; up to 4 GiB. It is shared memory, because only that grows
 * without cutting off the views into it. Blocks come back by hand or, when nobody holds their view any more, by the
 * garbage collector.
 */
export interface Arena {
  readonly kernels: Kernels;
  /** Room for `length` numbers, with whatever was there before. @returns nothing when the 4 GiB are full. */
  allocate(length: number): Block | undefined;
  free(block: Block): void;
}

const pageBytes = 65536;
const firstPages = 16;
/** One page short of 4 GiB: the address just behind the last number must fit 32 bits. */
const lastPages = 65535;

const cacheLine = 64;
/** Blocks of so many bytes begin with a cache line. */
const alignedBytes = 1024;

/** Bytes of a block of so many numbers: up to an eighth more than asked for, so that freed ones fit other lengths. */
function sizeClass(length: number): number {
  const bytes = 16 * Math.ceil(length / 2);
  if (bytes <= 1024) return bytes;
  const grain = 2 ** (Math.floor(Math.log2(bytes)) - 3);
  return grain * Math.ceil(bytes / grain);
}

function open(): Arena | undefined {
  let memory: SharedMemory;
  let kernels: Kernels;
  try {
    memory = new Memory({ initial: firstPages, maximum: lastPages, shared: true });
    const compiled = new Module(Buffer.from(kernelsWasm, 'base64'));
    const imports = { env: { memory, exp: Math.exp, expm1: Math.expm1, log: Math.log } };
    kernels = new Instance(compiled, imports).exports as unknown as Kernels;
  } catch {
    // A processor without SIMD, or a process that may not reserve the addresses; the loops do the same work.
    return undefined;
  }
  const released = new Map<number, number[]>();
  const giveBack = (bytes: number, at: number): void => {
    const shelf = released.get(bytes);
    if (shelf === undefined) released.set(bytes, [at]);
    else shelf.push(at);
  };
  const forgotten = new FinalizationRegistry<{ bytes: number; at: number }>(({ bytes, at }) => giveBack(bytes, at));
  let end = pageBytes;
  let size = firstPages * pageBytes;

  const place = (bytes: number): number | undefined => {
    const again = released.get(bytes)?.pop();
    if (again !== undefined) return again;
    // A product with 300 × 300 numbers takes a fifth less time where no load of four reaches over two cache lines.
    const at = bytes < alignedBytes ? end : cacheLine * Math.ceil(end / cacheLine);
    const missing = at + bytes - size;
    if (missing > 0) {
      const pages = Math.max(firstPages, Math.ceil(missing / pageBytes));
      try {
        memory.grow(pages);
      } catch {
        return undefined;
      }
      size += pages * pageBytes;
    }
    end = at + bytes;
    return at;
  };

  return {
    kernels,
    allocate(length) {
      const bytes = sizeClass(length);
      const at = place(bytes);
      if (at === undefined) return undefined;
      const data = new Float64Array(memory.buffer, at, length);
      forgotten.register(data, { bytes, at }, data);
      return { data, at };
    },
    free({ data, at }) {
      if (forgotten.unregister(data)) giveBack(sizeClass(data.length), at);
    },
  };
}

let opened: { readonly arena: Arena | undefined } | undefined;

/** The arena of this process, made when first asked for; absent where WebAssembly with SIMD is. */
export function arena(): Arena | undefined {
  opened ??= { arena: open() };
  return opened.arena;
}
