import { NashlabError } from '../../src/core/errors.ts';
import type { Backend } from '../../src/numerics/backend.ts';
import { reasonMissing } from '../../src/numerics/backend-missing.ts';
import { findBlas } from '../../src/numerics/blas/find-blas.ts';
import { backendCatalogue } from '../../src/numerics/catalogue.ts';
import { cpuBackend } from '../../src/numerics/cpu/backend.ts';
import { offerSwiftShader } from './swiftshader.ts';

export interface Candidate {
  readonly name: string;
  open(): Promise<Backend>;
}

export interface BackendHere extends Candidate {
  /** Examples per property: SwiftShader takes milliseconds for what others do in microseconds. */
  readonly examples: number;
  /** Steps per solve. */
  readonly steps: number;
}

/** Every backend of the catalogue, and the CPU's without its BLAS where it has one; whether they work or not. */
export function candidates(): Candidate[] {
  const { cpu, ...devices } = backendCatalogue;
  const plain = { name: 'cpu without BLAS', open: async () => cpuBackend({ blas: false }) };
  return [cpu, ...(findBlas().blas === undefined ? [] : [plain]), ...Object.values(devices)];
}

/** Why a backend did not open. */
export function reasonOf(name: string, error: unknown): string {
  return error instanceof NashlabError ? reasonMissing(name, error) : String((error as Error)?.message ?? error);
}

/** What was said already: several test files may share a process. */
const said = new Set<string>();

/** The backends that conformance tests can open here; what is left out is said on stderr. */
export async function backendsHere(): Promise<BackendHere[]> {
  offerSwiftShader();
  const here: BackendHere[] = [];
  for (const { name, open } of candidates()) {
    try {
      const backend = await open();
      const slow = backend.info.software === true;
      await backend.dispose();
      here.push({ name, examples: slow ? 12 : 60, steps: slow ? 10 : 400, open });
    } catch (error) {
      const line = `skipped: conformance of ${name}: ${reasonOf(name, error)}\n`;
      if (!said.has(line)) process.stderr.write(line);
      said.add(line);
    }
  }
  return here;
}
