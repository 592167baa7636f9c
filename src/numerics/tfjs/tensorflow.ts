import type { Backend } from '../backend.ts';
import { backendMissing } from '../backend-missing.ts';
import { deviceBackend } from './backend.ts';
import { type KernelBackend, openDevice } from './device.ts';
import { kernelOf, loadTensorflow, loadTensorflowGpu, optional, tfjsCore } from './packages.ts';

const tensorflowInstall = 'npm install --save-dev @tensorflow/tfjs-node@4.22.0';
const cudaInstall = 'npm install --save-dev @tensorflow/tfjs-node-gpu@4.22.0';

type Name = 'tensorflow' | 'cuda';

let loaded: Name | undefined;

/** TensorFlow's C library through its Node package, which registers one backend per process. */
async function open(name: Name): Promise<Backend> {
  const install = name === 'cuda' ? cudaInstall : tensorflowInstall;
  if (loaded !== undefined && loaded !== name)
    throw backendMissing(name, `this process already runs "${loaded}", and TensorFlow loads once`, 'one of the two');
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Products of float32 in 10-bit mantissas (TF32) would be TensorFlow's choice on newer cards.
  process.env.NVIDIA_TF32_OVERRIDE ??= '0';
  const tfjs = await tfjsCore(name);
  await optional<unknown>(name, install, name === 'cuda' ? loadTensorflowGpu : loadTensorflow);
  loaded = name;
  const backend = tfjs.findBackend('tensorflow') as (KernelBackend & { readonly isUsingGpuDevice: boolean }) | null;
  if (backend === null) throw backendMissing(name, 'its package registered no backend', install);
  if (name === 'cuda' && !backend.isUsingGpuDevice)
    throw backendMissing(
      name,
      'TensorFlow found no NVIDIA GPU it can use',
      "an NVIDIA driver, CUDA 11.2 and cuDNN 8.1 on the loader's path (this build of TensorFlow knows no newer), or --backend webgpu",
    );
  return deviceBackend(
    openDevice({
      info: {
        name,
        dtype: 'float32',
        library: `tfjs-node ${tfjs.version_core}`,
        device: name === 'cuda' ? 'NVIDIA GPU' : 'cpu',
      },
      tolerance: 1e-5,
      limitBytes: Number.MAX_SAFE_INTEGER,
      transposes: false,
      infiniteLogs: true,
      backend,
      kernel: (kernel) => kernelOf(tfjs, 'tensorflow', kernel),
      close: async () => undefined,
    }),
  );
}

export const tensorflowBackend = (): Promise<Backend> => open('tensorflow');
export const cudaBackend = (): Promise<Backend> => open('cuda');
