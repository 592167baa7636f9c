import { counted } from '../../games/counted.ts';
import { NashlabError } from '../core/errors.ts';
import type { BlasState } from '../numerics/blas/blas.ts';
import { findBlas } from '../numerics/blas/find-blas.ts';
import type { Finding } from './finding.ts';

/**
 * The library under large products in float64: which one, what was refused, and what would be faster. Settings that large
 * products would stop at are a finding here, too.
 */
export function blasFinding(find: () => BlasState = findBlas): Finding {
  const what = 'BLAS';
  let state: BlasState;
  try {
    state = find();
  } catch (error) {
    if (!(error instanceof NashlabError)) throw error;
    const { what: problem, where, expected } = error.parts;
    const words = `${problem}${where === undefined ? '' : `, at ${where}`}: large products stop with this error`;
    return { what, works: false, words, advice: `${where}: expected ${expected}, or unset it` };
  }
  const { advice } = state;
  const reason = state.blas === undefined ? state.reason : '';
  const refused = state.refusals
    .filter((refusal) => !reason.includes(refusal.reason))
    .map((refusal) => `; refused ${refusal.file}: ${refusal.reason}`)
    .join('');
  const advised = advice === undefined ? {} : { advice };
  if (state.blas === undefined)
    return { what, works: false, words: `${reason}: compiled kernels multiply instead${refused}`, ...advised };
  const { kind, library, file, threads } = state.blas;
  const used = kind === 'other' ? 'slower than the compiled kernels, not used' : 'large products in float64';
  const among = threads === undefined ? '' : `, ${counted(threads, 'thread')}`;
  return { what, works: true, words: `${library} (${file}${among}): ${used}${refused}`, ...advised };
}
