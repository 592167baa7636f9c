import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findBlas } from '../../src/numerics/blas/find-blas.ts';
import { blasFile, softwareDriver, vulkanLoader } from './carried-libraries.ts';

/** A file to carry: where it lies here, and where it will lie beside the check. */
export interface Part {
  readonly from: string;
  readonly to: string;
}

export interface Parts {
  readonly name: string;
  readonly files: readonly Part[];
  /** Why there are none. */
  readonly absent?: string;
}

export interface Origins {
  /** The Node binary to carry. */
  readonly node: string;
  /** Folder with `node_modules`. */
  readonly root: string;
  /** Where chromium keeps SwiftShader and a Vulkan loader. */
  readonly chromium: string;
}

const inChromium = [vulkanLoader, 'libvk_swiftshader.so', softwareDriver];
const systemFolders = ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64', '/lib64'];

function installed(name: string, root: string, folder: string, wanted: (path: string) => boolean): Parts {
  const from = join(root, 'node_modules', folder);
  if (!existsSync(from)) return { name, files: [], absent: 'not installed' };
  const paths = (readdirSync(from, { recursive: true, withFileTypes: true }) as import('node:fs').Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(from.length + 1));
  const files = paths
    .filter(wanted)
    .map((path) => ({ from: join(from, path), to: join('node_modules', folder, path) }));
  return files.length > 0 ? { name, files } : { name, files, absent: `${from} holds nothing for Linux x64` };
}

function libraries(name: string, files: readonly string[]): Parts {
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) return { name, files: [], absent: `${missing.join(', ')} not found` };
  return { name, files: files.map((file) => ({ from: realpathSync(file), to: `lib/${file.split('/').at(-1)}` })) };
}

function openblas(): Parts {
  const { blas } = findBlas();
  if (blas?.kind !== 'openblas') return { name: 'openblas', files: [], absent: 'no OpenBLAS found here' };
  const needs = ['libgfortran.so.5', 'libquadmath.so.0'].map(
    (need) => systemFolders.map((folder) => join(folder, need)).find((file) => existsSync(file)) ?? need,
  );
  const { files, absent } = libraries('openblas', needs);
  if (absent !== undefined) return { name: 'openblas', files, absent };
  return { name: 'openblas', files: [...files, { from: blas.file, to: `lib/${blasFile}` }] };
}

/** tfjs's WebAssembly, which lies beside the script that loads it. */
function wasm(root: string): Parts {
  const main = createRequire(join(root, 'package.json')).resolve('@tensorflow/tfjs-backend-wasm');
  const names = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'];
  return { name: 'wasm', files: names.map((name) => ({ from: join(dirname(main), name), to: name })) };
}

/** Everything that the check needs beside its own script, of this machine's Linux x64. */
export function parts({ node, root, chromium }: Origins): Parts[] {
  const code = /\.(c?js|json)$/;
  return [
    { name: 'node', files: [{ from: realpathSync(node), to: 'node' }] },
    wasm(root),
    installed('koffi', root, 'koffi', (path) => code.test(path) && !path.startsWith('vendor')),
    installed('koffi-linux-x64', root, '@koromix/koffi-linux-x64', (path) => !path.startsWith('musl')),
    // 0.3 names its binaries dist/linux-x64.dawn.node, 0.4 and later dist/linux-x64/dawn.node.
    installed(
      'webgpu',
      root,
      'webgpu',
      (path) => path === 'package.json' || path === 'index.js' || path.startsWith('dist/linux-x64'),
    ),
    openblas(),
    libraries(
      'swiftshader',
      inChromium.map((name) => join(chromium, name)),
    ),
  ];
}
