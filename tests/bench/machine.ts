import { cpus, loadavg, platform, release } from 'node:os';
import type { NumpyFacts } from './peers/numpy.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** Load average of the last minute when the program started. */
  readonly load: number;
  readonly numpy: NumpyFacts | undefined;
}

export function machine(numpy: NumpyFacts | undefined): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    system: `${platform()} ${release()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    load: loadavg()[0],
    numpy,
  };
}

export function machineLines({ processor, cores, system, node, v8, load, numpy }: Machine): string {
  const peer =
    numpy === undefined
      ? 'NumPy: absent (no Python with numpy found)'
      : `NumPy ${numpy.numpy}, Python ${numpy.python} (${numpy.command}), BLAS ${numpy.blas}, one thread`;
  return `${processor}, ${cores} cores, ${system}, load ${load.toFixed(2)}\nNode ${node}, V8 ${v8}\n${peer}`;
}
