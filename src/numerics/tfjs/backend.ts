import type { Backend } from '../backend.ts';
import type { Device } from './device.ts';
import { transposed } from './matrices.ts';
import { deviceMemory, use } from './memory.ts';
import { deviceOps } from './ops.ts';
import { deviceScalars } from './scalars.ts';

/** A backend on a device of tfjs, in float32. */
export function deviceBackend(device: Device): Backend {
  const memory = deviceMemory(device);
  const scalars = deviceScalars(device);
  return {
    info: device.info,
    ops: deviceOps(device, memory, scalars),
    tolerance: device.tolerance,
    async read(x) {
      const tensor = use(x);
      const values = await device.read(tensor.handle);
      if (!tensor.transposed) return values;
      const [, rows, columns] = tensor.shape;
      return Float64Array.from(transposed(values, columns, rows));
    },
    scope: memory.scope,
    release: memory.release,
    liveTensors: memory.live,
    async dispose() {
      memory.clear();
      scalars.clear();
      await device.close();
    },
  };
}
