import type { Backend } from '../backend.ts';
import { backendMissing } from '../backend-missing.ts';
import { deviceBackend } from './backend.ts';
import { type Device, type KernelBackend, openDevice } from './device.ts';
import { kernelOf, loadDawn, loadWebgpu, optional, tfjsCore } from './packages.ts';

const webgpuInstall = 'npm install --save-dev webgpu @tensorflow/tfjs-backend-webgpu@4.22.0';

/** What is used of WebGPU itself. */
interface Adapter {
  readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string };
  readonly features: { has(name: string): boolean };
  readonly limits: Readonly<Record<string, number>>;
  requestDevice(description: unknown): Promise<GpuDevice>;
}

export interface GpuDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { readonly error: Error; preventDefault(): void }) => void,
  ): void;
  destroy(): void;
}

const wantedLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
];

/** Whether an adapter is a program rather than a graphics card. */
function isSoftware({ info }: Adapter): boolean {
  return /swiftshader|llvmpipe|lavapipe|software|warp|basic render/i.test(
    `${info.vendor} ${info.architecture} ${info.description}`,
  );
}

/** The `webgpu` package keeps a process alive as long as the object it made can be reached; so nothing keeps it here. */
async function withNavigator<T>(gpu: unknown, body: () => Promise<T>): Promise<T> {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  try {
    return await body();
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', before);
  }
}

async function findAdapter(gpu: unknown): Promise<Adapter> {
  const { requestAdapter } = gpu as { requestAdapter(options: unknown): Promise<Adapter | null> };
  const adapter = await requestAdapter.call(gpu, { powerPreference: 'high-performance' }).catch(() => null);
  if (adapter === null)
    throw backendMissing(
      'webgpu',
      'no graphics adapter was found',
      'a GPU with its driver (on Linux a Vulkan driver: vulkaninfo must list it), or --backend cpu',
    );
  return adapter;
}

export interface WebgpuDevice extends Device {
  readonly gpu: GpuDevice;
}

/**
 * tfjs on WebGPU: Vulkan, Metal or Direct3D 12 through Dawn, the `webgpu` package. A process ends only after the device
 * is disposed of. Throws `backend-missing`.
 *
 * Tolerance: the shading language promises exp to (3 + 2|x|) ulp, 8e-6 at |x| = 30; measured on SwiftShader: 2e-6.
 */
export async function webgpuDevice(): Promise<WebgpuDevice> {
  const { create, globals } = await optional('webgpu', webgpuInstall, loadDawn);
  // tfjs looks for WebGPU's classes and constants where a browser has them.
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const gpu = create([]);
  const tfjs = await tfjsCore('webgpu');
  return withNavigator(gpu, async () => {
    const { WebGPUBackend } = await optional('webgpu', webgpuInstall, loadWebgpu);
    // Small arrays would otherwise be computed on the CPU, and whether they are would depend on what was read before.
    tfjs.env().set('WEBGPU_CPU_FORWARD', false);
    const adapter = await findAdapter(gpu);
    const software = isSoftware(adapter);
    // The tiled product everywhere: the one for short results waits at barriers, which cost a software renderer 100 ms.
    tfjs.env().set('WEBGPU_MATMUL_PROGRAM_TYPE', software ? 2 : -1);
    const made = await adapter.requestDevice({
      requiredLimits: Object.fromEntries(wantedLimits.map((name) => [name, adapter.limits[name]])),
    });
    const backend = new WebGPUBackend(made, adapter.info) as KernelBackend & { dispose(): void };
    const { vendor, architecture, description } = adapter.info;
    const device = openDevice({
      info: {
        name: 'webgpu',
        dtype: 'float32',
        library: `tfjs ${tfjs.version_core}, Dawn`,
        device: description || `${vendor} ${architecture}`.trim() || 'unnamed adapter',
        ...(software ? { software } : {}),
      },
      tolerance: 1e-5,
      limitBytes: Math.min(adapter.limits.maxStorageBufferBindingSize, adapter.limits.maxBufferSize),
      transposes: false,
      infiniteLogs: false,
      backend,
      kernel: (name) => kernelOf(tfjs, 'webgpu', name),
      close: async () => {
        backend.dispose();
        made.destroy();
        await made.lost;
      },
    });
    void made.lost.then(({ reason, message }) => device.lose(message || reason));
    // WebGPU computes on after an error, with zeros: no result behind one can be trusted.
    made.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      device.lose(event.error.message);
    });
    return { ...device, gpu: made };
  });
}

export async function webgpuBackend(): Promise<Backend> {
  return deviceBackend(await webgpuDevice());
}
