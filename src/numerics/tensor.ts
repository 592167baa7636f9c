/** Shapes: `[B, A]` for vectors (B runs, A actions), `[B, 1]` for per-run scalars, `[B, M, N]` for matrices. */
export type Shape = readonly number[];

declare const tensorTag: unique symbol;

/** An opaque, immutable array on a backend. The leading axis is the run axis B; 1 there means shared by all runs. */
export interface Tensor {
  readonly [tensorTag]: true;
  readonly shape: Shape;
}

/** A number shared by all runs, or a `[B, 1]` tensor with one value per run. */
export type Scalar = number | Tensor;

/** Calls `visit` for every tensor in a state: plain data of objects and arrays whose leaves are tensors or numbers. */
export function visitTensors(tree: unknown, visit: (tensor: Tensor) => void): void {
  if (typeof tree !== 'object' || tree === null) return;
  if (Array.isArray(tree)) {
    for (let i = 0; i < tree.length; i++) visitTensors(tree[i], visit);
    return;
  }
  if ((tree as Partial<Tensor>).shape !== undefined) {
    visit(tree as Tensor);
    return;
  }
  if (ArrayBuffer.isView(tree)) return;
  for (const key in tree) visitTensors((tree as Record<string, unknown>)[key], visit);
}

/** The tensors of a state, in the order of `visitTensors`. */
export function tensorsOf(tree: unknown): Tensor[] {
  const found: Tensor[] = [];
  visitTensors(tree, (tensor) => found.push(tensor));
  return found;
}

/** The same state with other tensors in it; `index` counts them in the order of `visitTensors`. */
export function mapTensors<T>(tree: T, map: (tensor: Tensor, index: number) => Tensor): T {
  let index = 0;
  const walk = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null || ArrayBuffer.isView(node)) return node;
    if (Array.isArray(node)) return node.map(walk);
    if ((node as Partial<Tensor>).shape !== undefined) return map(node as Tensor, index++);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
  };
  return walk(tree) as T;
}
