import { inUse, type Scoped, scopes } from '../scopes.ts';
import type { Shape } from '../tensor.ts';
import type { Device, Handle } from './device.ts';

/** A tensor on a device. `rows` is the run axis, `columns` everything behind it. */
export interface DeviceTensor extends Scoped {
  readonly shape: Shape;
  readonly rows: number;
  readonly columns: number;
  readonly handle: Handle;
  /** A shared matrix `[1, M, N]` that lies on the device as `[N, M]`. */
  readonly transposed: boolean;
}

export const use = inUse<DeviceTensor>;

export interface DeviceMemory {
  adopt(handle: Handle, shape: Shape, transposed?: boolean): DeviceTensor;
  scope<T>(body: () => T): T;
  release(stale: unknown, live?: unknown): void;
  live(): number;
  clear(): void;
}

/** The scopes of the CPU backend for arrays that live elsewhere and are freed rather than pooled. */
export function deviceMemory(device: Pick<Device, 'free'>): DeviceMemory {
  const held = new Set<DeviceTensor>();
  const free = (tensor: DeviceTensor): void => {
    tensor.mark = -1;
    held.delete(tensor);
    device.free(tensor.handle);
  };
  const { enter, scope, release } = scopes(free);

  return {
    adopt(handle, shape, transposed = false) {
      const rows = shape[0];
      const columns = shape.slice(1).reduce((product, axis) => product * axis, 1);
      const made = { shape, rows, columns, handle, transposed, mark: 0 } as unknown as DeviceTensor;
      held.add(made);
      return enter(made);
    },
    scope,
    release,
    live: () => held.size,
    clear() {
      for (const tensor of held) free(tensor);
    },
  };
}
