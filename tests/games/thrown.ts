import { NashlabError } from '../../src/core/errors.ts';

/** The NashlabError that an action throws or rejects with; fails when it does neither, or throws another error. */
export async function thrown(action: () => unknown): Promise<NashlabError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof NashlabError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
