import { type Shape, type Tensor, visitTensors } from '../tensor.ts';
import { arena, type Block } from './arena.ts';

/** A tensor of the CPU backend: row-major float64. `rows` is the run axis, `columns` everything behind it. */
export interface CpuTensor extends Tensor {
  shape: Shape;
  readonly data: Float64Array;
  /** Byte address of `data` for compiled kernels; 0 when they cannot reach it. */
  readonly at: number;
  rows: number;
  columns: number;
  /** Mark of the sweep that last kept this tensor; −1 once released. */
  mark: number;
  /**
   * exp of every entry, left behind by logSoftmax, which has it at hand: half of a step's exponentials are saved so. It
   * lives as long as this tensor or, once lent, as its own user needs it.
   */
  exponentials: CpuTensor | undefined;
  /** The tensor these are the exponentials of, while that one lives. */
  owner: CpuTensor | undefined;
  /** Where it goes when released. */
  readonly shelf: CpuTensor[];
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

/** Keeps at most this many released buffers of one length for reuse. */
const poolLimit = 256;

/**
 * Memory by scopes: tensors made inside a scope and not held by its result go back to a pool of their length, so that
 * a step allocates nothing once warm. A released tensor is marked, and the operations refuse it.
 * @param reachable whether a tensor of so many numbers is to be placed where compiled kernels reach it.
 */
export function cpuMemory(reachable: (length: number) => boolean): CpuMemory {
  const pool = new Map<number, CpuTensor[]>();
  let open: CpuTensor[] | undefined;
  let sweep = 0;
  let live = 0;

  const keep = (tensor: Tensor): void => {
    (tensor as CpuTensor).mark = sweep;
  };
  const block = (length: number): Block =>
    (reachable(length) ? arena()?.allocate(length) : undefined) ?? { data: new Float64Array(length), at: 0 };
  const discard = (tensor: CpuTensor): void => {
    arena()?.free(tensor);
  };
  const shelve = (tensor: CpuTensor): void => {
    if (tensor.shelf.length < poolLimit) tensor.shelf.push(tensor);
    else discard(tensor);
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
  const shelfOf = (length: number): CpuTensor[] => {
    const shelf = pool.get(length) ?? [];
    pool.set(length, shelf);
    return shelf;
  };
  const make = (shelf: CpuTensor[], shape: Shape, rows: number, columns: number): CpuTensor => {
    let tensor = shelf.pop();
    if (tensor === undefined) {
      const { data, at } = block(rows * columns);
      tensor = {
        shape,
        data,
        at,
        rows,
        columns,
        mark: -1,
        exponentials: undefined,
        owner: undefined,
        shelf,
      } as unknown as CpuTensor;
    } else {
      tensor.shape = shape;
      tensor.rows = rows;
      tensor.columns = columns;
    }
    return tensor;
  };
  const use = (tensor: CpuTensor): CpuTensor => {
    tensor.mark = 0;
    live++;
    if (open !== undefined) open.push(tensor);
    return tensor;
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
    scope(body) {
      const outer = open;
      const mine: CpuTensor[] = [];
      open = mine;
      try {
        const result = body();
        sweep++;
        visitTensors(result, keep);
        for (let i = 0; i < mine.length; i++) {
          const tensor = mine[i];
          if (tensor.mark === sweep) outer?.push(tensor);
          else if (tensor.mark >= 0) free(tensor);
        }
        return result;
      } catch (error) {
        for (const tensor of mine) if (tensor.mark >= 0) free(tensor);
        throw error;
      } finally {
        open = outer;
      }
    },
    release(stale, held) {
      sweep++;
      visitTensors(held, keep);
      const mark = sweep;
      visitTensors(stale, (tensor) => {
        const { mark: own } = tensor as CpuTensor;
        if (own !== mark && own >= 0) free(tensor as CpuTensor);
      });
    },
    live: () => live,
    clear() {
      for (const shelf of pool.values()) for (const tensor of shelf.splice(0)) discard(tensor);
    },
  };
}
