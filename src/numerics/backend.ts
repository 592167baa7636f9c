import type { Ops } from './ops.ts';
import type { Tensor } from './tensor.ts';

export interface BackendInfo {
  readonly name: string;
  readonly dtype: 'float64' | 'float32';
  readonly library: string;
  readonly device: string;
  /** What a system library says about its build, processor kernels included: last bits depend on it. */
  readonly build?: string;
  /** Threads of that library. */
  readonly threads?: number;
  /** True of a graphics card that is a program on the CPU: right, and slow. */
  readonly software?: boolean;
}

/** A place to compute: the operations, and the memory their results live in. */
export interface Backend {
  readonly info: BackendInfo;
  readonly ops: Ops;
  /** True of the CPU backend: its tensors lie in this process in float64, so metrics read them in place. */
  readonly host?: true;
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
