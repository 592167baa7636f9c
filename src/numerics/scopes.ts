import { type Tensor, visitTensors } from './tensor.ts';

/** A tensor as scopes see it. */
export interface Scoped extends Tensor {
  /** Mark of the sweep that last kept this tensor; −1 once released. */
  mark: number;
}

export interface Scopes<T extends Scoped> {
  /** Enters a tensor into the scope that is open, if one is. */
  enter(tensor: T): T;
  scope<R>(body: () => R): R;
  release(stale: unknown, live?: unknown): void;
}

/**
 * Memory by scopes, for any backend: what a scope made and its result does not hold is freed when it ends; `release` frees
 * what one state holds and another does not. A tensor that was released stays so, whoever still holds it.
 */
export function scopes<T extends Scoped>(free: (tensor: T) => void): Scopes<T> {
  /** Tensors of all open scopes, the innermost's last; a scope owns what lies above the height it began at. */
  const stack: T[] = [];
  let height = 0;
  let depth = 0;
  let sweep = 0;
  const keep = (tensor: Tensor): void => {
    if ((tensor as T).mark >= 0) (tensor as T).mark = sweep;
  };
  return {
    enter(tensor) {
      if (depth > 0) stack[height++] = tensor;
      return tensor;
    },
    scope(body) {
      const from = height;
      let kept = from;
      depth++;
      try {
        const result = body();
        sweep++;
        visitTensors(result, keep);
        for (let i = from; i < height; i++) {
          const tensor = stack[i];
          if (tensor.mark === sweep) stack[kept++] = tensor;
          else if (tensor.mark >= 0) free(tensor);
        }
        return result;
      } catch (error) {
        for (let i = from; i < height; i++) if (stack[i].mark >= 0) free(stack[i]);
        kept = from;
        throw error;
      } finally {
        depth--;
        // What outlives the outermost scope is its caller's.
        height = depth > 0 ? kept : 0;
      }
    },
    release(stale, live) {
      sweep++;
      visitTensors(live, keep);
      const mark = sweep;
      visitTensors(stale, (tensor) => {
        const { mark: own } = tensor as T;
        if (own !== mark && own >= 0) free(tensor as T);
      });
    },
  };
}

/** The operations refuse what was released. */
export function inUse<T extends Scoped>(x: Tensor): T {
  if ((x as T).mark < 0) throw new Error('a released tensor was used');
  return x as T;
}
