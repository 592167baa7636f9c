import { NashlabError } from '../../core/errors.ts';
import type { BackendInfo } from '../backend.ts';

/** An array on a device, as tfjs's kernels know it. */
export interface Handle {
  readonly dataId: object;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** What is used of a tfjs kernel backend. */
export interface KernelBackend {
  write(values: Float32Array | Uint8Array, shape: readonly number[], dtype: string): object;
  disposeData(dataId: object): boolean;
  read(dataId: object): Promise<ArrayLike<number>>;
}

type Inputs = Readonly<Record<string, Handle>> | readonly Handle[];
type Attributes = Readonly<Record<string, unknown>>;
export type KernelFunction = (call: { inputs: Inputs; backend: KernelBackend; attrs: Attributes }) => Handle;

export interface DeviceParts {
  readonly info: BackendInfo;
  readonly tolerance: number;
  /** Largest array in bytes. */
  readonly limitBytes: number;
  /** Whether a shared matrix is multiplied fastest when stored transposed. */
  readonly transposes: boolean;
  /** Whether log 0 comes out as −∞; shading languages do not promise it. */
  readonly infiniteLogs: boolean;
  readonly backend: KernelBackend;
  kernel(name: string): KernelFunction;
  /** What an exception says about the end of the device; undefined where it goes on. */
  endedBy?(error: Error): string | undefined;
  close(): Promise<void>;
}

/** A place that runs tfjs's kernels; every failure of it is a `device-lost` from the next call on. */
export interface Device extends Omit<DeviceParts, 'backend' | 'kernel' | 'endedBy'> {
  /** Throws `too-large` for an array of this many float32 entries, before anybody makes it. */
  checkSize(entries: number, shape: readonly number[]): void;
  write(values: Float32Array | Uint8Array, shape: readonly number[]): Handle;
  run(kernel: string, inputs: Inputs, attributes?: Attributes): Handle;
  read(handle: Handle): Promise<Float64Array>;
  free(handle: Handle): void;
  /** Says that the device is gone, and why: every later operation and read throws `device-lost`. */
  lose(reason: string): void;
}

/**
 * tfjs's kernels without tfjs's engine: no global backend, so several devices are open side by side, and a call costs
 * 1 to 3 µs less. Throws `device-lost` once the device is gone, `too-large` for an array the device cannot hold.
 */
export function openDevice(parts: DeviceParts): Device {
  const { info, backend, limitBytes } = parts;
  const kernels = new Map<string, KernelFunction>();
  let lost: string | undefined;

  const gone = (reason: string, cause?: unknown): NashlabError =>
    new NashlabError('device-lost', {
      what: `the ${info.name} device (${info.device}) is gone: ${reason}`,
      expected: 'a device that stays; run again, or with --backend cpu',
      ...(cause === undefined ? {} : { cause }),
    });
  const check = (): void => {
    if (lost !== undefined) throw gone(lost);
  };

  const guarded = <T>(body: () => T): T => {
    check();
    try {
      return body();
    } catch (error) {
      const reason = parts.endedBy?.(error as Error);
      if (reason === undefined) throw error;
      lost ??= reason;
      throw gone(lost, error);
    }
  };

  return {
    info,
    tolerance: parts.tolerance,
    limitBytes,
    transposes: parts.transposes,
    infiniteLogs: parts.infiniteLogs,
    checkSize(entries, shape) {
      const bytes = entries * Float32Array.BYTES_PER_ELEMENT;
      if (bytes <= limitBytes) return;
      throw new NashlabError('too-large', {
        what: `an array of shape [${shape}] takes ${bytes} bytes`,
        where: `the ${info.name} backend`,
        expected: `at most ${limitBytes} bytes; use --backend cpu`,
      });
    },
    write: (values, shape) =>
      guarded(() => {
        const dtype = values instanceof Float32Array ? 'float32' : 'bool';
        return { dataId: backend.write(values, shape, dtype), shape, dtype };
      }),
    run: (name, inputs, attrs = {}) =>
      guarded(() => {
        let kernel = kernels.get(name);
        if (kernel === undefined) {
          kernel = parts.kernel(name);
          kernels.set(name, kernel);
        }
        return kernel({ inputs, backend, attrs });
      }),
    async read({ dataId }) {
      check();
      try {
        const values = Float64Array.from(await backend.read(dataId));
        check();
        return values;
      } catch (error) {
        if (error instanceof NashlabError) throw error;
        lost ??= (error as Error).message;
        throw gone(lost, error);
      }
    },
    free({ dataId }) {
      // What a lost device held went with it.
      if (lost === undefined) backend.disposeData(dataId);
    },
    lose(reason) {
      lost ??= reason.split('\n')[0].replace(/\.$/, '');
    },
    close: parts.close,
  };
}
