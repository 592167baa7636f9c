import { type Shape, type Tensor, visitTensors } from '../tensor.ts';
import type { Device, Handle } from './device.ts';

/** A tensor on a device. `rows` is the run axis, `columns` everything behind it. */
export interface DeviceTensor extends Tensor {
  readonly shape: Shape;
  readonly rows: number;
  readonly columns: number;
  readonly handle: Handle;
  /** A shared matrix `[1, M, N]` that lies on the device as `[N, M]`. */
  readonly transposed: boolean;
  /** Mark of the sweep that last kept this tensor; −1 once released. */
  mark: number;
}

export function use(x: Tensor): DeviceTensor {
  const tensor = x as DeviceTensor;
  if (tensor.mark < 0) throw new Error('a released tensor was used');
  return tensor;
}

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
  let open: DeviceTensor[] | undefined;
  let sweep = 0;

  const keep = (tensor: Tensor): void => {
    (tensor as DeviceTensor).mark = sweep;
  };
  const free = (tensor: DeviceTensor): void => {
    tensor.mark = -1;
    held.delete(tensor);
    device.free(tensor.handle);
  };

  return {
    adopt(handle, shape, transposed = false) {
      const rows = shape[0];
      const columns = shape.slice(1).reduce((product, axis) => product * axis, 1);
      const made = { shape, rows, columns, handle, transposed, mark: 0 } as unknown as DeviceTensor;
      held.add(made);
      open?.push(made);
      return made;
    },
    scope(body) {
      const outer = open;
      const mine: DeviceTensor[] = [];
      open = mine;
      try {
        const result = body();
        sweep++;
        visitTensors(result, keep);
        for (const tensor of mine) {
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
    release(stale, live) {
      sweep++;
      visitTensors(live, keep);
      const mark = sweep;
      visitTensors(stale, (tensor) => {
        const { mark: own } = tensor as DeviceTensor;
        if (own !== mark && own >= 0) free(tensor as DeviceTensor);
      });
    },
    live: () => held.size,
    clear() {
      for (const tensor of held) free(tensor);
    },
  };
}
