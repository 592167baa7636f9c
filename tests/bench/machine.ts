import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { findBlas } from '../../src/numerics/blas/find-blas.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import type { PeerFacts } from './peers/python.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** What nashlab computes with. */
  readonly library: string;
  /** The BLAS that nashlab finds, or why there is none. */
  readonly blas: string;
  /** What that library says about its build, the kernels chosen for this processor included. */
  readonly build: string;
  /** Settings of the environment that both sides' OpenBLAS obeys, the number of threads apart. */
  readonly settings: readonly string[];
  /** Load average of the last minute when the program started. */
  readonly load: number;
  readonly numpy?: PeerFacts;
  readonly torch?: PeerFacts;
}

/** Facts about this machine, and the Python peers as they come up. */
export function machine(peers: Pick<Machine, 'numpy' | 'torch'>): Machine {
  const processors = cpus();
  const found = findBlas();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    library: cpuBackend().info.library,
    blas: found.blas === undefined ? `none: ${found.reason}` : `${found.blas.library} (${found.blas.file})`,
    build: found.blas?.build ?? '',
    settings: Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith('OPENBLAS_') && !name.endsWith('THREADS') ? [`${name}=${value}`] : [],
    ),
    load: loadavg()[0],
    ...peers,
  };
}

function peerLine(name: string, peer: PeerFacts | undefined): string {
  if (peer === undefined) return `${name}: absent`;
  return `${peer.library}, Python ${peer.python} (${peer.command}), BLAS ${peer.blas}`;
}

export function machineLines(here: Machine): string {
  const { processor, cores, memoryBytes, system, node, v8, library, blas, build, settings, load, numpy, torch } = here;
  return [
    `${processor}, ${cores} cores, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${system}, load ${load.toFixed(2)}`,
    `Node ${node}, V8 ${v8}`,
    `nashlab on ${library}; BLAS ${[blas, build, ...settings].filter(Boolean).join(', ')}`,
    peerLine('NumPy', numpy),
    peerLine('PyTorch', torch),
  ].join('\n');
}
