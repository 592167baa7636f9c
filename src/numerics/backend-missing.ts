import { NashlabError } from '../core/errors.ts';

const opening = (backend: string): string => `backend "${backend}" does not work here: `;

/** The error for a backend whose packages or device are not there: why, and what to do about it. */
export function backendMissing(backend: string, reason: string, remedy: string, cause?: unknown): NashlabError {
  return new NashlabError('backend-missing', {
    what: `${opening(backend)}${reason}`,
    expected: remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The reason in such an error, without the words around it. */
export function reasonMissing(backend: string, error: NashlabError): string {
  return error.parts.what.replace(opening(backend), '');
}
