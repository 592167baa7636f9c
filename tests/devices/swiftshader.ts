import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where Debian's chromium package keeps its WebGPU renderer on the CPU, and its Vulkan loader. */
const folder = '/usr/lib/chromium';

/** Keeps what is loaded from being collected. */
const held: unknown[] = [];

/**
 * Lets WebGPU find SwiftShader, the renderer on the CPU, where chromium brings it and nothing else was asked for:
 * slow, but it checks correctness. To be called before a device is opened.
 */
export function offerSwiftShader(): void {
  const driver = join(folder, 'vk_swiftshader_icd.json');
  if (!existsSync(driver) || (process.env.VK_ICD_FILENAMES ?? driver) !== driver) return;
  process.env.VK_ICD_FILENAMES = driver;
  try {
    const koffi = createRequire(import.meta.url)('koffi');
    // Dawn looks for libvulkan by name, and takes one that the process has loaded already.
    held.push(koffi.load(join(folder, 'libvulkan.so.1')).func('int vkEnumerateInstanceVersion(void *)'));
  } catch {
    // The system's own loader, then.
  }
}
