import type { Backend } from '../backend.ts';
import type { Tensor } from '../tensor.ts';
import { arena } from './arena.ts';
import { type CpuTensor, cpuMemory } from './memory.ts';
import { cpuOps } from './ops.ts';
import { type CpuOptions, products, usableBlas } from './products.ts';

/** Tensors of more numbers (8 MiB) stay out of the kernels' memory where a system library multiplies them. */
const largestKept = 2 ** 20;

/**
 * The reference backend: float64 on the CPU. Elementwise work and small products run as compiled kernels, large products
 * in the system's BLAS where there is one; loops do the same where there is neither.
 */
export function cpuBackend(options: CpuOptions = {}): Backend {
  const multiplier = products(options);
  const without = options.blas === false;
  const memory = cpuMemory((length) => length <= largestKept || without || usableBlas() === undefined);
  return {
    get info() {
      const used = multiplier.used();
      const own = arena() === undefined ? 'loops' : 'wasm-simd';
      return {
        name: 'cpu',
        dtype: 'float64' as const,
        library: used?.blas.library ?? own,
        device: 'cpu',
        ...(used === undefined ? {} : { build: used.blas.build }),
        ...(used?.threads === undefined ? {} : { threads: used.threads }),
      };
    },
    ops: cpuOps(memory, multiplier),
    host: true,
    tolerance: 1e-13,
    read: async (x) => Float64Array.from((x as CpuTensor).data),
    scope: memory.scope,
    release: memory.release,
    liveTensors: memory.live,
    dispose: async () => memory.clear(),
  };
}

/**
 * The values of a CPU tensor, without a copy; metrics and certificates, which live on the host, read through this. They stand
 * while the tensor does: once it is released, and for a subarray even once this very array is forgotten, other numbers
 * may lie there.
 */
export function hostValues(x: Tensor): Float64Array {
  return (x as CpuTensor).data;
}
