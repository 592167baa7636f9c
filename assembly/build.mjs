// Compiles kernels.ts and writes the module, as text, where the CPU backend imports it; CI checks that it is current.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const compiler = 'assemblyscript@0.28.20';
const folder = mkdtempSync(join(tmpdir(), 'kernel-'));
try {
  const binary = join(folder, 'kernels.wasm');
  const options = ['-O3', '--enable', 'simd,threads', '--runtime', 'stub', '--noAssert', '--importMemory'];
  const memory = ['--sharedMemory', '--initialMemory', '16', '--maximumMemory', '65535', '--use', 'abort='];
  execFileSync('npx', ['--yes', '-p', compiler, 'asc', 'assembly/kernels.ts', '-o', binary, ...options, ...memory], {
    stdio: 'inherit',
  });
  const text = readFileSync(binary)
    .toString('base64')
    .match(/.{1,100}/g);
  writeFileSync(
    'src/numerics/cpu/kernels-wasm.ts',
    `/** Written by \`npm run kernels\` from assembly/kernels.ts with ${compiler}; WebAssembly, base64. */\nexport const kernelsWasm =\n${text.map((line) => `  '${line}'`).join(' +\n')};\n`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
