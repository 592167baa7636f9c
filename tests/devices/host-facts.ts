import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { findBlas } from '../../src/numerics/blas/find-blas.ts';

export interface HostFacts {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  readonly load: number;
  /** The BLAS that the CPU backend finds, or why there is none. */
  readonly blas: string;
  /** Lines of nvidia-smi: name, driver, memory; or why there are none. */
  readonly nvidia: readonly string[] | string;
  /** The Vulkan drivers asked for; empty where the loader looks in its own places. */
  readonly vulkanDrivers: string;
}

function nvidia(): readonly string[] | string {
  const fields = ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader'];
  const { error, status, stdout, stderr } = spawnSync('nvidia-smi', fields, { encoding: 'utf8', timeout: 30_000 });
  if (error !== undefined) return `nvidia-smi does not run: ${error.message}`;
  if (status !== 0) return `nvidia-smi says: ${(stdout + stderr).trim()}`;
  return stdout.trim().split('\n');
}

export function hostFacts(): HostFacts {
  const { blas, ...found } = findBlas();
  const { env } = process;
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
    load: Number(loadavg()[0].toFixed(2)),
    blas: blas === undefined ? `none: ${'reason' in found ? found.reason : ''}` : `${blas.library} (${blas.file})`,
    nvidia: nvidia(),
    vulkanDrivers: env.VK_DRIVER_FILES ?? env.VK_ICD_FILENAMES ?? '',
  };
}
