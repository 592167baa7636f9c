import { InvalidArgumentError } from 'commander';
import { NashlabError } from '../core/errors.ts';
import type { Backend } from '../numerics/backend.ts';
import { cpuBackend } from '../numerics/cpu/backend.ts';

/** A number on the command line. */
export function numeral(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('expected a number');
  return value;
}

/** A whole number above 0 on the command line. */
export function wholeNumber(text: string): number {
  const value = numeral(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('expected a whole number above 0');
  return value;
}

/** A number, or an expression to be checked later. */
export function numeralOrExpression(text: string): number | string {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? text : value;
}

export function collect(value: string, previous: readonly string[]): readonly string[] {
  return [...previous, value];
}

/** `key=value` pairs; values that read as numbers are numbers. */
export function assignments(pairs: readonly string[]): Record<string, number | string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1)
        throw new NashlabError('bad-option', {
          what: `--set ${pair}`,
          expected: 'key=value, for example form=proximal',
        });
      return [pair.slice(0, at), numeralOrExpression(pair.slice(at + 1))];
    }),
  );
}

const later: Readonly<Record<string, string>> = {
  wasm: 'tfjs on WebAssembly',
  webgpu: 'tfjs on WebGPU',
  cuda: 'tfjs on CUDA',
};

/** Names of the backends, with whether they work here. */
export function backendStates(): { readonly name: string; readonly works: boolean; readonly words: string }[] {
  const cpu = cpuBackend().info;
  return [
    { name: 'cpu', works: true, words: `float64, ${cpu.library}; the reference` },
    ...Object.entries(later).map(([name, words]) => ({ name, works: false, words: `${words}: not in this version` })),
  ];
}

/** The backend of a name; `auto` takes the CPU, the only one of this version. A missing one is an error, not a fallback. */
export function openBackend(name: string): Backend {
  if (name === 'cpu' || name === 'auto') return cpuBackend();
  throw new NashlabError(Object.hasOwn(later, name) ? 'not-applicable' : 'unknown-name', {
    what: `backend "${name}"${Object.hasOwn(later, name) ? ' is not in this version' : ' is unknown'}`,
    where: '--backend',
    expected: 'cpu or auto (nashlab doctor says what works here)',
  });
}
