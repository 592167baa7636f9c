import type { BlasState } from './blas.ts';
import { findBlas } from './find-blas.ts';

/**
 * One line where NASHLAB_BLAS names a library that will not multiply; undefined where it is unset (nothing is loaded then),
 * `none`, or names one that will. Throws as `findBlas` does.
 */
export function blasNote(
  environment: NodeJS.ProcessEnv = process.env,
  find: () => BlasState = findBlas,
): string | undefined {
  const asked = environment.NASHLAB_BLAS;
  if (!asked || asked === 'none') return undefined;
  const state = find();
  const named = `NASHLAB_BLAS is "${asked}": `;
  if (state.blas === undefined) {
    const reason = state.reason.startsWith(named) ? state.reason : named + state.reason;
    return `${reason}: compiled kernels multiply instead`;
  }
  return state.blas.kind === 'other'
    ? `${named}${state.blas.library} is slower than the compiled kernels, not used`
    : undefined;
}
