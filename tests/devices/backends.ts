import type { Backend } from '../../src/numerics/backend.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { wasmBackend } from '../../src/numerics/tfjs/wasm.ts';
import { webgpuBackend } from '../../src/numerics/tfjs/webgpu.ts';
import { offerSwiftShader } from './swiftshader.ts';

export interface BackendHere {
  readonly name: string;
  /** Examples per property: SwiftShader takes milliseconds for what others do in microseconds. */
  readonly examples: number;
  /** Steps per solve. */
  readonly steps: number;
  open(): Promise<Backend>;
}

/** The backends that conformance tests can open here; what is left out is said on stderr. */
export async function backendsHere(): Promise<BackendHere[]> {
  const here: BackendHere[] = [
    { name: 'cpu', examples: 60, steps: 400, open: async () => cpuBackend() },
    { name: 'wasm', examples: 60, steps: 400, open: wasmBackend },
  ];
  offerSwiftShader();
  try {
    await (await webgpuBackend()).dispose();
    here.push({ name: 'webgpu', examples: 12, steps: 10, open: webgpuBackend });
  } catch (error) {
    process.stderr.write(`skipped: conformance of webgpu: ${(error as Error).message}\n`);
  }
  return here;
}
