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
    const state = { name, dtype, works: false };
    // One part that fails in its own way must not hide how the others are.
    if (!(error instanceof NashlabError)) {
      const [line] = String(error instanceof Error ? error.message : error).split('\n');
      return { ...state, words: `${dtype}, ${summary}: it fails (${line})`, advice: 'another --backend' };
    }
    const { expected } = error.parts;
    const words = `${dtype}, ${summary}: ${reasonMissing(name, error)}`;
    return expected === undefined ? { ...state, words } : { ...state, words, advice: expected };
  }
}

/** Every backend, tried one after the other. @param catalogue another one in tests. */
export async function backendStates(
  catalogue: Readonly<Record<string, BackendEntry>> = backendCatalogue,
): Promise<BackendState[]> {
  const states: BackendState[] = [];
  for (const entry of Object.values(catalogue)) states.push(await stateOf(entry));
  return states;
}
