import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';

/** Canonical JSON (RFC 8785): sorted keys, shortest numbers; equal data gives equal text. */
export function canonicalJson(value: unknown): string {
  return canonicalize(value);
}

/** SHA-256 of the canonical JSON, as 64 hexadecimal digits. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
