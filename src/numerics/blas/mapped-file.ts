import { readFileSync } from 'node:fs';
import type { Koffi, Library } from './koffi.ts';

/** The file on disk that holds a symbol of a library; undefined off Linux, which alone lists what is mapped where. */
export function mappedFile(koffi: Koffi, library: Library, symbol: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  const address = koffi.address(library.symbol(symbol));
  for (const line of readFileSync('/proc/self/maps', 'utf8').split('\n')) {
    const match = /^([0-9a-f]+)-([0-9a-f]+) .* (\/.*?)(?: \(deleted\))?$/.exec(line);
    if (match && BigInt(`0x${match[1]}`) <= address && address < BigInt(`0x${match[2]}`)) return match[3];
  }
  return undefined;
}
