import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { searchBlas } from '../../src/numerics/blas/find-blas.ts';
import { type Koffi, loadKoffi } from '../../src/numerics/blas/koffi.ts';

/** What a library needs beside the system's own, to be loaded before it. */
const blasNeeds = ['libquadmath.so.0', 'libgfortran.so.5'];
export const blasFile = 'libopenblas.so.0';
export const vulkanLoader = 'libvulkan.so.1';
export const softwareDriver = 'vk_swiftshader_icd.json';

/** Where Vulkan loaders look for drivers, and where containers of NVIDIA's put theirs. */
const driverFolders = ['/etc', '/usr/share', '/usr/local/share', '/usr/local/etc'].map((folder) =>
  join(folder, 'vulkan', 'icd.d'),
);
const mountedDriver = '/usr/local/nvidia/share/vulkan/icd.d/nvidia_icd.json';

/** Keeps what is loaded from being collected. */
const held: unknown[] = [];

/** Loads a library into the process, where later libraries find it by its name. */
function hold(koffi: Koffi, file: string, symbol?: string): boolean {
  try {
    const library = koffi.load(file);
    held.push(symbol === undefined ? library : library.func(`int ${symbol}(void *)`));
    return true;
  } catch {
    return false;
  }
}

function offerBlas(koffi: Koffi, folder: string, note: (line: string) => void): void {
  const file = join(folder, blasFile);
  if (process.env.NASHLAB_BLAS || !existsSync(file)) return;
  const { blas } = searchBlas({ environment: process.env, platform: process.platform, koffi });
  if (blas !== undefined && blas.kind !== 'other') return;
  for (const need of blasNeeds) hold(koffi, join(folder, need));
  process.env.NASHLAB_BLAS = file;
  note(`BLAS: the carried ${blasFile}, for lack of a fast one here`);
}

function hasDriver(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.json'));
}

function offerVulkan(koffi: Koffi, folder: string, note: (line: string) => void): void {
  const { env } = process;
  const enumerate = 'vkEnumerateInstanceVersion';
  if (!hold(koffi, vulkanLoader, enumerate) && hold(koffi, join(folder, vulkanLoader), enumerate))
    note(`Vulkan: the carried loader ${vulkanLoader}, for lack of one here`);
  if (env.VK_DRIVER_FILES || env.VK_ICD_FILENAMES || driverFolders.some(hasDriver)) return;
  const carried = join(folder, softwareDriver);
  if (existsSync(mountedDriver)) {
    env.VK_DRIVER_FILES = mountedDriver;
    note(`Vulkan: the driver ${mountedDriver}, which no loader looks for there`);
  } else if (existsSync(carried)) {
    env.VK_ICD_FILENAMES = carried;
    note('Vulkan: no driver here; the carried SwiftShader, a renderer on the CPU: right, and slow');
  }
}

/**
 * Offers the libraries that travelled along where this machine has none of its own; what it has comes first. To be
 * called before a backend is opened.
 */
export function offerCarried(folder: string, note: (line: string) => void): void {
  const koffi = loadKoffi();
  if ('reason' in koffi) {
    note(`nothing carried can be offered: ${koffi.reason}`);
    return;
  }
  offerBlas(koffi, folder, note);
  offerVulkan(koffi, folder, note);
}
