import { type Shape, type Tensor, visitTensors } from '../tensor.ts';

/** A tensor of the CPU backend: row-major float64. `rows` is the run axis, `columns` everything behind it. */
export interface CpuTensor extends Tensor {
  shape: Shape;
  readonly data: Float64Array;
  rows: number;
  columns: number;
  /** Mark of the sweep that last kept this tensor; −1 once released. */
  mark: number;
  /** exp of every entry, left behind by logSoftmax, which has it at hand; half of a step's exponentials are saved so. */
  exponentials: Float64Array | undefined;
  hasExponentials: boolean;
}

export interface CpuMemory {
  allocate(shape: Shape, rows: number, columns: number): CpuTensor;
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
 */
export function cpuMemory(): CpuMemory {
  const pool = new Map<number, CpuTensor[]>();
  let open: CpuTensor[] | undefined;
  let sweep = 0;
  let live = 0;

  const keep = (tensor: Tensor): void => {
    (tensor as CpuTensor).mark = sweep;
  };
  const free = (tensor: CpuTensor): void => {
    tensor.mark = -1;
    live--;
    const length = tensor.data.length;
    const shelf = pool.get(length);
    if (shelf === undefined) pool.set(length, [tensor]);
    else if (shelf.length < poolLimit) shelf.push(tensor);
  };

  return {
    allocate(shape, rows, columns) {
      const length = rows * columns;
      const reused = pool.get(length)?.pop();
      live++;
      if (reused !== undefined) {
        reused.shape = shape;
        reused.rows = rows;
        reused.columns = columns;
        reused.mark = 0;
        reused.hasExponentials = false;
        open?.push(reused);
        return reused;
      }
      const made = {
        shape,
        data: new Float64Array(length),
        rows,
        columns,
        mark: 0,
        exponentials: undefined,
        hasExponentials: false,
      } as unknown as CpuTensor;
      open?.push(made);
      return made;
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
    clear: () => pool.clear(),
  };
}
