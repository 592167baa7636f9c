import type { Ops } from './ops.ts';
import type { Tensor } from './tensor.ts';

export interface BackendInfo {
  readonly name: string;
  readonly dtype: 'float64' | 'float32';
  readonly library: string;
  readonly device: string;
}

/** A place to compute: the operations, and the memory their results live in. */
export interface Backend {
  readonly info: BackendInfo;
  readonly ops: Ops;
  /** Relative accuracy that conformance tests may expect of one operation. */
  readonly tolerance: number;
  /** Copies a tensor to the host, row-major; the only asynchronous step. */
  read(x: Tensor): Promise<Float64Array>;
  /** Runs `body` and releases every tensor made in it that its result does not hold. */
  scope<T>(body: () => T): T;
  /** Releases the tensors in `stale` that are not also in `live`. */
  release(stale: unknown, live?: unknown): void;
  liveTensors(): number;
  dispose(): Promise<void>;
}
