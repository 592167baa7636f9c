import { createRequire } from 'node:module';

export type Koffi = typeof import('koffi');
export type Library = ReturnType<Koffi['load']>;

/** koffi, or why it cannot be had: it is optional, and built for some platforms only. */
export function loadKoffi(): Koffi | { readonly reason: string } {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND') return { reason: 'the package koffi is not installed' };
    return { reason: `the package koffi does not load here: ${message.split('\n')[0]}` };
  }
}
