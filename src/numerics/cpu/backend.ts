import type { Backend } from '../backend.ts';
import type { Tensor } from '../tensor.ts';
import { type CpuTensor, cpuMemory } from './memory.ts';
import { cpuOps } from './ops.ts';

/** The reference backend: float64 typed arrays on the CPU. */
export function cpuBackend(): Backend {
  const memory = cpuMemory();
  return {
    info: { name: 'cpu', dtype: 'float64', library: 'typed-arrays', device: 'cpu' },
    ops: cpuOps(memory),
    tolerance: 1e-13,
    read: async (x) => Float64Array.from((x as CpuTensor).data),
    scope: memory.scope,
    release: memory.release,
    liveTensors: memory.live,
    dispose: async () => memory.clear(),
  };
}

/** The values of a CPU tensor, without a copy; metrics and certificates, which live on the host, read through this. */
export function hostValues(x: Tensor): Float64Array {
  return (x as CpuTensor).data;
}
