import { largeArray } from '../large-array.ts';
import { type Scoped, scopes } from '../scopes.ts';
import type { Shape } from '../tensor.ts';
import { arena, type Block } from './arena.ts';

/** A tensor of the CPU backend: row-major float64. `rows` is the run axis, `columns` everything behind it. */
export interface CpuTensor extends Scoped {
  shape: Shape;
  readonly data: Float64Array;
  /** Byte address of `data` for compiled kernels; 0 when they cannot reach it. */
  readonly at: number;
  rows: number;
  columns: number;
  /**
   * exp of every entry, left behind by logSoftmax, which has it at hand: half of a step's exponentials are saved so. It
   * lives as long as this tensor or, once lent, as its own user needs it.
   */
  exponentials: CpuTensor | undefined;
  /** Of a large square matrix: what its mirror images add up to, null where that is not one number; undefined until asked. */
  mirror: number | null | undefined;
  /** The tensor these are the exponentials of, while that one lives. */
  owner: CpuTensor | undefined;
  /** Where it goes when released, and who lies below it there. */
  readonly shelf: Shelf;
  below: CpuTensor | undefined;
}

/** Released tensors of one length, the last on top. */
interface Shelf {
  top: CpuTensor | undefined;
  count: number;
  /** Bytes of one of them; 0 for small ones, which are not worth counting. */
  readonly bytes: number;
}

export interface CpuMemory {
  allocate(shape: Shape, rows: number, columns: number): CpuTensor;
  /** A tensor of the shape of another; the short way. */
  like(x: CpuTensor): CpuTensor;
  /** Gives a tensor room for its exponentials. */
  withExponentials(x: CpuTensor): CpuTensor;
  /** The exponentials of a tensor, as one in use; nothing where they are lent already, or not known. */
  lend(x: CpuTensor): CpuTensor | undefined;
  scope<T>(body: () => T): T;
  release(stale: unknown, live?: unknown): void;
  live(): number;
  clear(): void;
}

/** Keeps at most this many released buffers of one length for reuse; of other lengths none above so many bytes in all. */
const poolLimit = 512;
const pooledBytes = 2 ** 28;
const smallLength = 2 ** 12;
/** Numbers from which its place in memory pays: 8 MiB. */
const largeLength = 2 ** 20;

/**
 * Memory by scopes: tensors made inside a scope and not held by its result go back to a pool of their length, so that
 * a step allocates nothing once warm. A released tensor is marked, and the operations refuse it.
 * @param reachable whether a tensor of so many numbers is to be placed where compiled kernels reach it.
 */
export function cpuMemory(reachable: (length: number) => boolean): CpuMemory {
  const pool = new Map<number, Shelf>();
  let live = 0;
  let pooled = 0;

  const block = (length: number): Block => {
    const reached = reachable(length) ? arena()?.allocate(length) : undefined;
    if (reached !== undefined) return reached;
    return { data: length < largeLength ? new Float64Array(length) : largeArray(length), at: 0 };
  };
  const discard = (tensor: CpuTensor): void => {
    arena()?.free(tensor);
  };
  const take = (shelf: Shelf): CpuTensor | undefined => {
    const { top } = shelf;
    if (top === undefined) return undefined;
    shelf.top = top.below;
    shelf.count--;
    pooled -= shelf.bytes;
    return top;
  };
  const empty = (shelf: Shelf): void => {
    for (let tensor = take(shelf); tensor !== undefined; tensor = take(shelf)) discard(tensor);
  };
  const shelve = (tensor: CpuTensor): void => {
    const { shelf } = tensor;
    if (shelf.count >= poolLimit) {
      discard(tensor);
      return;
    }
    tensor.below = shelf.top;
    shelf.top = tensor;
    shelf.count++;
    pooled += shelf.bytes;
    if (pooled > pooledBytes && shelf.bytes > 0) for (const other of pool.values()) if (other !== shelf) empty(other);
  };
  const free = (tensor: CpuTensor): void => {
    tensor.mark = -1;
    live--;
    const { exponentials } = tensor;
    if (exponentials !== undefined) {
      tensor.exponentials = undefined;
      exponentials.owner = undefined;
      if (exponentials.mark < 0) shelve(exponentials);
    }
    // What was lent goes back to its owner, and with it to the shelf.
    if (tensor.owner === undefined) shelve(tensor);
  };
  const { enter, scope, release } = scopes(free);
  const shelfOf = (length: number): Shelf => {
    let shelf = pool.get(length);
    if (shelf === undefined) {
      shelf = { top: undefined, count: 0, bytes: length < smallLength ? 0 : 8 * length };
      pool.set(length, shelf);
    }
    return shelf;
  };
  const make = (shelf: Shelf, shape: Shape, rows: number, columns: number): CpuTensor => {
    const tensor = take(shelf);
    if (tensor !== undefined) {
      tensor.shape = shape;
      tensor.rows = rows;
      tensor.columns = columns;
      if (shelf.bytes > 0) tensor.mirror = undefined;
      return tensor;
    }
    const { data, at } = block(rows * columns);
    return {
      shape,
      data,
      at,
      rows,
      columns,
      mark: -1,
      exponentials: undefined,
      mirror: undefined,
      owner: undefined,
      shelf,
      below: undefined,
    } as unknown as CpuTensor;
  };
  const use = (tensor: CpuTensor): CpuTensor => {
    tensor.mark = 0;
    live++;
    return enter(tensor);
  };

  return {
    allocate: (shape, rows, columns) => use(make(shelfOf(rows * columns), shape, rows, columns)),
    like: (x) => use(make(x.shelf, x.shape, x.rows, x.columns)),
    withExponentials(x) {
      const made = make(x.shelf, x.shape, x.rows, x.columns);
      made.owner = x;
      x.exponentials = made;
      return made;
    },
    lend(x) {
      const { exponentials } = x;
      return exponentials === undefined || exponentials.mark >= 0 ? undefined : use(exponentials);
    },
    scope,
    release,
    live: () => live,
    clear() {
      for (const shelf of pool.values()) empty(shelf);
    },
  };
}
