/** Misuse and bad input throw a `NashlabError` at the boundary; numerical outcomes are data (`ResultCode`). */

export type ErrorCode =
  | 'bad-game'
  | 'bad-comparisons'
  | 'bad-policy'
  | 'bad-parameter'
  | 'bad-schedule'
  | 'bad-spec'
  | 'bad-file'
  | 'bad-option'
  | 'unknown-name'
  | 'not-applicable'
  | 'backend-missing'
  | 'device-lost'
  | 'too-large'
  | 'worker-lost'
  | 'unwritable'
  | 'changed-answer'
  | 'bad-run';

export interface ErrorParts {
  /** What is wrong, naming the subject. */
  readonly what: string;
  /** Where: `file:line`, an entry, an option. */
  readonly where?: string;
  /** What was expected, and what to do about it. */
  readonly expected?: string;
  /** A name that means nothing here, for callers who know where it would. */
  readonly unknown?: string;
  readonly cause?: unknown;
}

/** The one error class of nashlab: a stable `code`, what is wrong, where, and what was expected. */
export class NashlabError extends Error {
  readonly code: ErrorCode;
  readonly parts: ErrorParts;

  constructor(code: ErrorCode, parts: ErrorParts) {
    const where = parts.where === undefined ? '' : `, at ${parts.where}`;
    const expected = parts.expected === undefined ? '' : `; expected ${parts.expected}`;
    super(`${parts.what}${where}${expected}`, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.name = 'NashlabError';
    this.code = code;
    this.parts = parts;
  }
}

/** The same error with a place in front of the place it already names (`game.json` + `matrix[0][1]`). */
export function within(where: string, error: unknown): unknown {
  if (!(error instanceof NashlabError)) return error;
  const inner = error.parts.where;
  return new NashlabError(error.code, {
    ...error.parts,
    where: inner === undefined ? where : `${where}: ${inner}`,
    cause: error,
  });
}
