import { NashlabError } from '../core/errors.ts';
import { lookUp } from '../core/names.ts';
import type { Backend, BackendInfo } from './backend.ts';
import { findBlas } from './blas/find-blas.ts';
import { chooseBackend, type ProblemSize, worthAGpu } from './choose-backend.ts';
import { cpuBackend } from './cpu/backend.ts';

export interface BackendEntry {
  readonly name: string;
  readonly dtype: BackendInfo['dtype'];
  readonly summary: string;
  /** Throws `backend-missing` where it does not work, saying why and what to do. */
  open(): Promise<Backend>;
}

/** The backends; what is not `cpu` is loaded when it is opened, so that nothing slows the start of a command. */
export const backendCatalogue: Readonly<Record<string, BackendEntry>> = {
  cpu: {
    name: 'cpu',
    dtype: 'float64',
    summary: 'the CPU, the reference',
    open: async () => cpuBackend(),
  },
  wasm: {
    name: 'wasm',
    dtype: 'float32',
    summary: 'WebAssembly with SIMD on one thread, through tfjs',
    open: async () => (await import('./tfjs/wasm.ts')).wasmBackend(),
  },
  webgpu: {
    name: 'webgpu',
    dtype: 'float32',
    summary: 'graphics cards over Vulkan, Metal or Direct3D 12, through tfjs and Dawn',
    open: async () => (await import('./tfjs/webgpu.ts')).webgpuBackend(),
  },
  cuda: {
    name: 'cuda',
    dtype: 'float32',
    summary: 'NVIDIA graphics cards with CUDA 11, through tfjs-node-gpu',
    open: async () => (await import('./tfjs/tensorflow.ts')).cudaBackend(),
  },
  tensorflow: {
    name: 'tensorflow',
    dtype: 'float32',
    summary: "TensorFlow's C library on the CPU, through tfjs-node",
    open: async () => (await import('./tfjs/tensorflow.ts')).tensorflowBackend(),
  },
};

export interface OpenOptions {
  /** What `auto` chooses by; without it, `auto` is the CPU. */
  readonly size?: ProblemSize;
  /** Hears what `auto` chose, and why. */
  readonly note?: (line: string) => void;
}

/** Throws `unknown-name` for a name that is neither a backend nor `auto`. */
export function checkBackendName(name: string, where?: string): void {
  lookUp('backend', { ...backendCatalogue, auto: true }, name, where);
}

/** A backend, opened; undefined where it does not work here. */
async function openIfThere({ open }: BackendEntry): Promise<Backend | undefined> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof NashlabError && error.code === 'backend-missing') return undefined;
    throw error;
  }
}

/** A graphics card that works, opened; a renderer on the CPU is none. */
async function openGpu(): Promise<Backend | undefined> {
  for (const entry of [backendCatalogue.cuda, backendCatalogue.webgpu]) {
    const backend = await openIfThere(entry);
    if (backend !== undefined && !backend.info.software) return backend;
    await backend?.dispose();
  }
  return undefined;
}

async function openChosen({ size, note }: OpenOptions): Promise<Backend> {
  if (size === undefined) {
    note?.('backend cpu: no matrix whose size could say more');
    return cpuBackend();
  }
  const gpu = worthAGpu(size) ? await openGpu() : undefined;
  const name = gpu?.info.name as 'cuda' | 'webgpu' | undefined;
  const available = {
    blas: () => findBlas().blas !== undefined,
    wasm: true,
    ...(name === undefined ? {} : { gpu: name }),
  };
  const first = chooseBackend(size, available);
  const chosen = gpu ?? (await openIfThere(backendCatalogue[first.name]));
  const choice = chosen === undefined ? chooseBackend(size, { ...available, wasm: false }) : first;
  note?.(`backend ${choice.name}: ${choice.reason}`);
  return chosen ?? backendCatalogue[choice.name].open();
}

/**
 * Opens the backend of a name, or the one that `auto` chooses by size. Throws `unknown-name`, and `backend-missing`
 * with what to install where one does not work here: only `auto` looks for another.
 */
export async function openBackend(name: string, options: OpenOptions = {}): Promise<Backend> {
  checkBackendName(name);
  return name === 'auto' ? openChosen(options) : backendCatalogue[name].open();
}
