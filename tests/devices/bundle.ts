import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What is not put into the script: native code, which lies beside it where it was carried, and commands' own packages. */
const outside = [
  'webgpu',
  'koffi',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-node-gpu',
  '@duckdb/node-api',
  'piscina',
];

/** An optional package, bundled where it is installed. */
const webgpuKernels = '@tensorflow/tfjs-backend-webgpu';

/** Bundles the check, nashlab and the conformance tests into one script. @returns what was left out or warned of. */
export async function bundle(root: string, outfile: string): Promise<string[]> {
  const kernelsHere = existsSync(join(root, 'node_modules', webgpuKernels));
  const { warnings } = await build({
    entryPoints: [join(root, 'tests/devices/check.ts')],
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // The packages' own entries for Node, as Node itself would load them.
    mainFields: ['main', 'module'],
    alias: { vitest: join(root, 'tests/devices/vitest-stand-in.ts') },
    external: kernelsHere ? outside : [...outside, webgpuKernels],
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'silent',
    banner: {
      js: [
        "import { createRequire as requireFor } from 'node:module';",
        "import { fileURLToPath as pathFor } from 'node:url';",
        'const require = requireFor(import.meta.url);',
        'const __filename = pathFor(import.meta.url);',
        "const __dirname = pathFor(new URL('.', import.meta.url)).slice(0, -1);",
      ].join('\n'),
    },
  });
  return [
    ...(kernelsHere ? [] : [`left out: ${webgpuKernels}: not installed`]),
    ...warnings.map(({ text, location }) => (location === null ? text : `${location.file}: ${text}`)),
  ];
}
