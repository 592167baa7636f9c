import { backendMissing } from '../backend-missing.ts';
import type { KernelBackend, KernelFunction } from './device.ts';

/** What is used of tfjs-core. */
export interface TfjsCore {
  readonly version_core: string;
  getKernel(kernel: string, backend: string): { readonly kernelFunc: KernelFunction } | undefined;
  getKernelsForBackend(backend: string): readonly { readonly setupFunc?: (backend: KernelBackend) => void }[];
  findBackendFactory(backend: string): () => KernelBackend | Promise<KernelBackend>;
  findBackend(backend: string): KernelBackend | null;
  env(): { set(flag: string, value: boolean | number): void };
}

/** Loads a package that may be absent; throws `backend-missing` with the command that installs it. */
export async function optional<T>(backend: string, install: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const absent = /MODULE_NOT_FOUND$/.test(code ?? '') || /^could not resolve/i.test(message);
    const [line] = message.split('\n');
    const reason = absent ? 'its packages are not installed' : `its package fails to load (${line})`;
    throw backendMissing(backend, reason, install, error);
  }
}

/** What comes with nashlab itself, where an incomplete installation has lost it. */
export const tfjsInstall = 'npm install @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0';

let core: Promise<TfjsCore> | undefined;

/**
 * tfjs-core, quiet: `PROD` turns its console banners and warnings off. Throws `backend-missing` where it is not installed.
 * @param backend that asks for it.
 */
export function tfjsCore(backend: string): Promise<TfjsCore> {
  core ??= import('@tensorflow/tfjs-core').then((loaded) => {
    loaded.env().set('PROD', true);
    return loaded as unknown as TfjsCore;
  });
  const loading = core;
  return optional(backend, tfjsInstall, () => loading);
}

/** The kernel of a name for a registered backend. */
export function kernelOf(tfjs: TfjsCore, backend: string, name: string): KernelFunction {
  const found = tfjs.getKernel(name, backend);
  if (found === undefined) throw new Error(`tfjs ${tfjs.version_core} has no kernel ${name} for ${backend}`);
  return found.kernelFunc;
}

export const loadWasm = () => import('@tensorflow/tfjs-backend-wasm');
export const loadDawn = () => import('webgpu');
export const loadWebgpu = () => import('@tensorflow/tfjs-backend-webgpu');
export const loadTensorflow = () => import('@tensorflow/tfjs-node');
export const loadTensorflowGpu = () => import('@tensorflow/tfjs-node-gpu');
