import { NashlabError } from '../core/errors.ts';
import type { BackendInfo } from './backend.ts';
import { reasonMissing } from './backend-missing.ts';
import { type BackendEntry, backendCatalogue } from './catalogue.ts';

/** Whether a backend works on this machine. */
export interface BackendState {
  readonly name: string;
  readonly dtype: BackendInfo['dtype'];
  readonly works: boolean;
  /** What it is and runs on, or why it does not work. */
  readonly words: string;
  /** What would make it work. */
  readonly advice?: string;
}

async function stateOf({ name, dtype, summary, open }: BackendEntry): Promise<BackendState> {
  try {
    const backend = await open();
    const { library, device, software } = backend.info;
    await backend.dispose();
    const slow = software ? ': a renderer on the CPU, right but slow; auto passes it by' : '';
    return { name, dtype, works: true, words: `${dtype}, ${summary} (${library}; ${device})${slow}` };
  } catch (error) {
    if (!(error instanceof NashlabError)) throw error;
    const { expected } = error.parts;
    const words = `${dtype}, ${summary}: ${reasonMissing(name, error)}`;
    return expected === undefined
      ? { name, dtype, works: false, words }
      : { name, dtype, works: false, words, advice: expected };
  }
}

/** Every backend, tried one after the other. */
export async function backendStates(): Promise<BackendState[]> {
  const states: BackendState[] = [];
  for (const entry of Object.values(backendCatalogue)) states.push(await stateOf(entry));
  return states;
}
