import { contentHash } from '../src/core/canonical.ts';
import type { Cell } from './stored.ts';

/** SHA-256 of the canonical JSON of a cell, without how the experiment file happened to put it (`given`). */
export function cellId({ given: _given, ...resolved }: Cell): string {
  return contentHash(resolved);
}
