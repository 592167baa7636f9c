import { NashlabError } from '../../src/core/errors.ts';
import type { BackendInfo } from '../../src/numerics/backend.ts';
import { workload } from '../bench/workload.ts';
import { type Candidate, reasonOf } from './backends.ts';
import { place } from './placed.ts';

export type BackendFacts =
  | ({
      readonly works: true;
      /** From nothing loaded to the policies after one step of 100 actions on the host: compilers and all. */
      readonly firstAnswerMilliseconds: number;
    } & BackendInfo)
  | { readonly works: false; readonly name: string; readonly reason: string; readonly advice?: string };

/** Opens a backend for the first time in the process and takes one step. */
export async function firstAnswer({ name, open }: Candidate): Promise<BackendFacts> {
  const work = workload({ solver: 'extragradient', size: 100, runs: 1, matrices: 'shared' }, '1');
  const started = performance.now();
  try {
    const backend = await open();
    const placed = await place(backend, work);
    await placed.step(1);
    await placed.policy();
    const firstAnswerMilliseconds = Math.round(performance.now() - started);
    const { info } = backend;
    await placed.close();
    return { ...info, name, works: true, firstAnswerMilliseconds };
  } catch (error) {
    const advice = error instanceof NashlabError ? error.parts.expected : undefined;
    return { works: false, name, reason: reasonOf(name, error), ...(advice === undefined ? {} : { advice }) };
  }
}
