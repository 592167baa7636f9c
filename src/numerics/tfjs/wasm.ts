import type { Backend } from '../backend.ts';
import { deviceBackend } from './backend.ts';
import { type Device, type KernelBackend, openDevice } from './device.ts';
import { kernelOf, loadWasm, optional, type TfjsCore, tfjsCore, tfjsInstall } from './packages.ts';

interface WasmBackend extends KernelBackend {
  readonly wasm: unknown;
}

/** Runs `body` and takes away the listeners it added: the module would answer for every error of the process. */
async function withoutListeners<T>(body: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set<unknown>(process.rawListeners(event)));
  try {
    return await body();
  } finally {
    events.forEach((event, k) => {
      for (const listener of process.rawListeners(event))
        if (!before[k].has(listener)) process.off(event, listener as () => void);
    });
  }
}

let machine: Promise<WasmBackend> | undefined;

/** The module of the process: tfjs binds its kernels to one, so that a second would take them away from the first. */
function wasmMachine(tfjs: TfjsCore): Promise<WasmBackend> {
  machine ??= (async () => {
    await optional('wasm', tfjsInstall, loadWasm);
    const made = await withoutListeners(async () => (await tfjs.findBackendFactory('wasm')()) as WasmBackend);
    for (const { setupFunc } of tfjs.getKernelsForBackend('wasm')) setupFunc?.(made);
    return made;
  })();
  return machine;
}

/**
 * tfjs on WebAssembly with SIMD. One thread: its workers start from blob: URLs, which Node's refuse.
 *
 * Tolerance: measured over entries up to ±30, the largest error of an operation is 2e-7 of the size of its terms at
 * 1,000 actions and 7e-7 at 16,384 (logSoftmax: its sum is sequential).
 */
export async function wasmDevice(): Promise<Device> {
  const tfjs = await tfjsCore('wasm');
  const backend = await wasmMachine(tfjs);
  return openDevice({
    info: { name: 'wasm', dtype: 'float32', library: `tfjs ${tfjs.version_core}, XNNPACK`, device: 'cpu, 1 thread' },
    tolerance: 1e-6,
    limitBytes: 2 ** 30,
    transposes: true,
    infiniteLogs: true,
    backend,
    kernel: (name) => kernelOf(tfjs, 'wasm', name),
    endedBy({ message }) {
      if (!message.startsWith('Aborted(')) return undefined;
      machine = undefined;
      return 'its 4 GiB of WebAssembly memory are full';
    },
    close: async () => undefined,
  });
}

export async function wasmBackend(): Promise<Backend> {
  return deviceBackend(await wasmDevice());
}
